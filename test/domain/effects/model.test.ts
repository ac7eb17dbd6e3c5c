import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { summarise } from '../../../src/domain/effects/summarise.ts';
import { turnedSources } from '../../../src/domain/effects/turned-sources.ts';
import { effectsOf, type Files, lines, stateOf } from './repositories.ts';

const bundle = fileURLToPath(new URL('../../../../shared/platform-repo.bundle', import.meta.url));
const isHere = existsSync(bundle);

(isHere ? describe : describe.skip)(
  `the releases of the model${isHere ? '' : ' (skipped: the model repository is not beside this one)'}`,
  () => {
    let dir = '';
    const trees = new Map<string, Files>();
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', dir, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const treeOf = (commit: string): Files => {
      const known = trees.get(commit);
      if (known !== undefined) return known;
      const names = git('ls-tree', '-r', '-z', '--name-only', commit).split('\0').filter(Boolean);
      const tree = Object.fromEntries(names.map((path) => [path, git('show', `${commit}:${path}`)]));
      trees.set(commit, tree);
      return tree;
    };
    const between = (from: string, to: string) => effectsOf(treeOf(from), treeOf(to), treeOf('main'));

    beforeAll(() => {
      dir = mkdtempSync(join(tmpdir(), 'trunkline-model-'));
      execFileSync('git', ['clone', '-q', '--bare', bundle, dir], { stdio: 'ignore' });
    });

    afterAll(() => rmSync(dir, { recursive: true, force: true }));

    it('v0.0.2 gives a tenant more: in non-prod since the merge, in production with the promotion', () => {
      const all = between('v0.0.1', 'v0.0.2');
      expect(lines(all)).toEqual([
        'at-merge mgmt flux-system/mgmt: changed GitRepository flux-system/release',
        'at-merge non-prod-eu-west-1 non-prod-eu-west-1/tenants-common: changed ResourceQuota dummy/compute',
        'next-promotion prod-eu-west-1 prod-eu-west-1/tenants-common: changed ResourceQuota dummy/compute',
      ]);
      const summary = summarise(all);
      expect(summary).toMatchObject({ changesProduction: true, highlights: [], notRendered: [] });
      expect(summary.tenants.map(({ name }) => name)).toEqual(['dummy']);
    });

    it('back from it, the quota is cut', () => {
      expect(summarise(between('v0.0.2', 'v0.0.1')).highlights).toMatchObject([
        { what: 'quota-cut', cluster: 'non-prod-eu-west-1' },
        { what: 'quota-cut', cluster: 'prod-eu-west-1' },
      ]);
    });

    it('v0.0.3 changes nothing in production: eleven files renamed, a feature for the management cluster', () => {
      const all = between('v0.0.2', 'v0.0.3');
      expect(lines(all)).toEqual([
        'at-merge mgmt flux-system/feature-access-control: added ClusterRole namespace-admin, added ClusterRole namespace-reader',
        'at-merge mgmt flux-system/mgmt: changed GitRepository flux-system/release, added Kustomization flux-system/feature-access-control',
      ]);
      const summary = summarise(all);
      expect(summary.changesProduction).toBe(false);
      expect(summary.highlights.map(({ what, object: { name } }) => [what, name])).toEqual([
        ['cluster-rbac', 'namespace-admin'],
        ['cluster-rbac', 'namespace-reader'],
      ]);
    });

    it('since v0.0.3 only the tag that production follows changed', () => {
      expect(lines(between('v0.0.3', 'main'))).toEqual([
        'at-merge mgmt flux-system/mgmt: changed GitRepository flux-system/release',
      ]);
      const [before, after] = [stateOf(treeOf('v0.0.3')).platform, stateOf(treeOf('main')).platform];
      const [release, ...others] = turnedSources(before, after);
      expect(others).toEqual([]);
      expect(release).toMatchObject({
        before: { ref: { tag: 'v0.0.2' } },
        after: { ref: { tag: 'v0.0.3' } },
      });
      expect(release?.kustomizations).toHaveLength(8);
    });

    it('from nothing to v0.0.1 everything can be rendered', () => {
      const all = between('f2f8202', 'v0.0.1');
      expect(all.flatMap(({ notRendered }) => notRendered)).toEqual([]);
      expect(new Set(all.map(({ cluster }) => cluster))).toEqual(
        new Set([undefined, 'non-prod-eu-west-1', 'prod-eu-west-1']),
      );
    });
  },
);
