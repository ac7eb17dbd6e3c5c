import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ProductionChange, productionChange } from '../../../src/domain/change/production-change.ts';
import { effectsOf, type Files, lines, stateOf } from '../effects/repositories.ts';
import { policyOf } from '../samples.ts';

const bundle = fileURLToPath(new URL('../../../../shared/platform-repo.bundle', import.meta.url));
const isHere = existsSync(bundle);

/** Each pull request of the model: why it changes production, or nothing when it does not. */
const verdicts: readonly (readonly [pull: number, what: string, why: readonly string[]])[] = [
  [1, 'a feature that nothing applies yet', []],
  [2, 'a feature that nothing applies yet', []],
  [3, 'a feature that nothing applies yet', []],
  [4, 'clusters declared before any Flux is there', []],
  [5, 'Flux for the management cluster itself', ['management']],
  [8, 'a tenant before there is a cluster', []],
  [6, 'the non-prod cluster', []],
  [7, 'the prod cluster, which follows main then', ['management', 'at-merge']],
  [9, 'the first promotion, from main to v0.0.1', ['turned-source']],
  [10, 'a quota of a tenant, which waits for the next promotion', []],
  [11, 'the promotion of v0.0.2', ['turned-source']],
  [12, 'a feature on the management cluster itself', ['management']],
  [13, 'files of the non-prod cluster renamed', []],
  [14, 'the promotion of v0.0.3', ['turned-source']],
];

(isHere ? describe : describe.skip)(
  `the pull requests of the model${isHere ? '' : ' (skipped: the model repository is not beside this one)'}`,
  () => {
    let dir = '';
    const merges = new Map<number, string>();
    const blobs = new Map<string, string>();
    const trees = new Map<string, Files>();
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', dir, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const textOf = (oid: string): string => {
      const text = blobs.get(oid) ?? git('cat-file', 'blob', oid);
      blobs.set(oid, text);
      return text;
    };
    const treeOf = (commit: string): Files => {
      const entries = git('ls-tree', '-r', '-z', commit).split('\0').filter(Boolean);
      const tree =
        trees.get(commit) ??
        Object.fromEntries(
          entries.map((entry) => {
            const [mode = '', path = ''] = entry.split('\t');
            return [path, textOf(mode.split(' ')[2] ?? '')];
          }),
        );
      trees.set(commit, tree);
      return tree;
    };
    const verdictOn = (pull: number): ProductionChange => {
      const merge = merges.get(pull) ?? '';
      const [before, after] = [treeOf(`${merge}^`), treeOf(merge)];
      return productionChange({
        before: stateOf(before),
        after: stateOf(after),
        effects: effectsOf(before, after),
        policy: policyOf(),
      });
    };

    beforeAll(() => {
      dir = mkdtempSync(join(tmpdir(), 'trunkline-model-'));
      execFileSync('git', ['clone', '-q', '--bare', bundle, dir], { stdio: 'ignore' });
      for (const line of git('log', '--first-parent', '--format=%H %s', 'main').split('\n')) {
        const [, commit, pull] = /^(\w+) .*\(#(\d+)\)$/.exec(line) ?? [];
        if (commit !== undefined) merges.set(Number(pull), commit);
      }
    });

    afterAll(() => rmSync(dir, { recursive: true, force: true }));

    it('are all told of here', () => {
      expect(verdicts.map(([pull]) => pull).sort((one, other) => one - other)).toEqual(
        [...merges.keys()].sort((one, other) => one - other),
      );
    });

    it.each(verdicts)('#%i, %s: %j', (pull, _what, why) => {
      const verdict = verdictOn(pull);
      expect(verdict.kind === 'none' ? [] : verdict.why).toEqual(why);
      if (verdict.kind === 'production') expect(verdict.environments).toEqual(['prod']);
    });

    it.each([
      [9, { kind: 'branch', branch: 'main' }, { kind: 'tag', tag: 'v0.0.1' }, 7],
      [11, { kind: 'tag', tag: 'v0.0.1' }, { kind: 'tag', tag: 'v0.0.2' }, 7],
      [14, { kind: 'tag', tag: 'v0.0.2' }, { kind: 'tag', tag: 'v0.0.3' }, 8],
    ])('#%i turns one source, and does nothing else', (pull, before, after, followers) => {
      const verdict = verdictOn(pull);
      if (verdict.kind !== 'production') throw new Error('is none');
      expect(verdict.direct).toEqual([]);
      expect(verdict.turned).toMatchObject([{ before: { ref: before }, after: { ref: after } }]);
      expect(verdict.turned[0]?.kustomizations).toHaveLength(followers);
    });

    it('#12 tells what it does to the management cluster', () => {
      const verdict = verdictOn(12);
      if (verdict.kind !== 'production') throw new Error('is none');
      expect(lines(verdict.direct)).toEqual([
        'at-merge mgmt flux-system/feature-access-control: added ClusterRole namespace-admin, added ClusterRole namespace-reader',
        'at-merge mgmt flux-system/mgmt: added Kustomization flux-system/feature-access-control',
      ]);
    });
  },
);
