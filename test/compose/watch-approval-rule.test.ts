import { watchApprovalRule } from '../../src/compose/watch-approval-rule.ts';
import type { RepoName } from '../../src/domain/ids.ts';
import { sampleSnapshot } from '../support/sample-platform.ts';

type Rule = 'pinned' | 'unpinned' | 'missing' | Error;

function watch(rules: Readonly<Record<string, Rule>>, { hasSnapshot = true } = {}) {
  const state = { now: 0, asked: 0, warnings: 0 };
  const tell = watchApprovalRule({
    repos: Object.keys(rules) as RepoName[],
    changes: {
      readApprovalRule: async (repo) => {
        state.asked += 1;
        const rule = rules[repo];
        if (rule === undefined || rule instanceof Error) throw rule;
        return rule;
      },
    },
    snapshots: { current: async () => (hasSnapshot ? sampleSnapshot() : undefined) },
    log: { info() {}, warn: () => void state.warnings++, error() {} },
    now: () => state.now,
  });
  return { tell, state };
}

describe('the rule that keeps changes from merging unapproved', () => {
  it.each<[string, Readonly<Record<string, Rule>>, string, number]>([
    ['is fine in one repository', { 'o/a': 'pinned' }, 'pinned', 0],
    ['is missing in one of two', { 'o/a': 'pinned', 'o/b': 'missing' }, 'missing', 1],
    ['is not pinned', { 'o/a': 'unpinned' }, 'unpinned', 1],
    ['cannot be read', { 'o/a': new Error('away'), 'o/b': 'pinned' }, 'unknown', 0],
  ])('%s', async (_what, rules, expected, warnings) => {
    const { tell, state } = watch(rules);
    expect(await tell()).toBe(expected);
    expect(state.warnings).toBe(warnings);
  });

  it('is unknown while nothing is known of the repository yet', async () => {
    expect(await watch({ 'o/a': 'pinned' }, { hasSnapshot: false }).tell()).toBe('unknown');
  });

  it('is asked for every five minutes at most, and warned of once', async () => {
    const { tell, state } = watch({ 'o/a': 'missing' });
    for (state.now = 0; state.now < 299_000; state.now += 5_000) await tell();
    expect(state.asked).toBe(1);
    state.now = 300_000;
    await Promise.all([tell(), tell()]);
    expect(state).toMatchObject({ asked: 2, warnings: 1 });
  });
});
