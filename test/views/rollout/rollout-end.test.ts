import type { Outcome } from '../../../src/domain/rollout/outcome.ts';
import { rolloutEnd } from '../../../src/views/rollout-end.ts';
import { commit, minute } from '../../domain/rollout/samples.ts';
import { readAloud } from './read-aloud.ts';

import { now, requestedBy, seen, story } from './stories.ts';

describe('the end of a rollout', () => {
  const end = (outcome: Exclude<Outcome, { kind: 'under-way' }>, hasFailed = false) =>
    readAloud(
      rolloutEnd({ ...story([seen({})]), outcome }, { requestedBy, onCall: 'S0ONCALL' }, now, hasFailed)
        .blocks,
    );

  it('tells how long each cluster took', () => {
    const clusters = [
      { management: 'aws', cluster: undefined, tookMs: 20_000 },
      { management: 'aws', cluster: 'two', tookMs: 150_000 },
    ];
    const done = { kind: 'applied', tookMs: 150_000, clusters } as const;
    expect(end(done)).toBe(
      '✅ v2 runs everywhere, 2 min 30 s after the merge.\ntwo: 2 min 30 s\nmanagement cluster aws: 20 s\n',
    );
    expect(end(done, true)).toContain(
      '✅ v2 has recovered: it runs everywhere, 2 min 30 s after the merge. @U0REQUEST1 @S0ONCALL\n',
    );
  });

  it('mentions who has to know of a failure', () => {
    const failure = {
      management: 'aws',
      cluster: 'two',
      object: { kind: 'kustomization', id: 'two/tenants-prod' },
      reason: 'BuildFailed',
      line: 'no such file',
    } as const;
    const moved = {
      ...failure,
      cluster: undefined,
      object: { kind: 'source', id: 'x/y' },
      reason: 'moved-tag',
      line: commit('c'),
    } as const;
    expect(end({ kind: 'failed', failures: [failure, moved] })).toBe(
      [
        '🔴 v2 has failed, 3 min after the merge. @U0REQUEST1 @S0ONCALL',
        'two: Kustomization two/tenants-prod, BuildFailed: no such file',
        'management cluster aws: the tag was moved after its approval. Source x/y now holds ccccccc, which nobody approved.',
        '[Show why][Try again now]',
        '',
      ].join('\n'),
    );
  });

  it('tells of what is stuck, and of what was overtaken', () => {
    expect(end({ kind: 'stuck', sinceMs: 15 * minute })).toBe(
      '🟠 v2 is stuck: nothing has moved for 15 min. @U0REQUEST1 @S0ONCALL\n',
    );
    expect(end({ kind: 'superseded', by: 'v3' })).toBe(
      '⚪ v2 was overtaken by v3 before it ran everywhere.\n',
    );
  });
});
