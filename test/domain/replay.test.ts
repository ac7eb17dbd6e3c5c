import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { arrivals } from '../../src/domain/arrival.ts';
import { checkRequest } from '../../src/domain/check-request.ts';
import { tenantBranch, tenantTitle } from '../../src/domain/convention.ts';
import type { CommitSha } from '../../src/domain/ids.ts';
import { managementClusters } from '../../src/domain/rollout/management-clusters.ts';
import { rolloutRoutes } from '../../src/domain/rollout/routes.ts';
import { tenantFiles } from '../../src/domain/tenant.ts';
import { resize } from '../../src/domain/tenant-life/resize.ts';
import { tenantFolders } from '../../src/domain/tenant-life/tenant-texts.ts';
import { formOf, platformOf, policyOf } from './samples.ts';

const bundle = fileURLToPath(new URL('../../../shared/platform-repo.bundle', import.meta.url));
const isHere = existsSync(bundle);

/** Commits of the model: before its pull request 8, and that pull request merged. */
const [before, after] = ['239e556', '79fcdbd'];
/** Before its pull request 10, and that pull request merged. */
const [beforeResize, afterResize] = ['dc30b85', '4afc762'];

(isHere ? describe : describe.skip)(
  `a replay of the model${isHere ? '' : ' (skipped: the model repository is not beside this one)'}`,
  () => {
    let dir = '';
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', dir, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const treeOf = (commit: string, folder = '.') => {
      const names = git('ls-tree', '-r', '-z', '--name-only', commit, folder).split('\0').filter(Boolean);
      return Object.fromEntries(names.map((path) => [path, git('show', `${commit}:${path}`)]));
    };

    beforeAll(() => {
      dir = mkdtempSync(join(tmpdir(), 'trunkline-replay-'));
      execFileSync('git', ['clone', '-q', '--bare', bundle, dir], { stdio: 'ignore' });
    });

    afterAll(() => rmSync(dir, { recursive: true, force: true }));

    it('gives the tree, the branch and the title of its pull request 8 byte for byte', () => {
      const policy = policyOf();
      const platform = platformOf(treeOf(before), policy);
      expect(platform.unreadable).toEqual([]);
      const checked = checkRequest(formOf({ name: 'dummy' }), { policy, platform, openRequests: [] });
      if (checked.kind === 'refused') throw new Error(JSON.stringify(checked.refusals));
      const files = tenantFiles(checked.request, policy, platform);
      expect(Object.fromEntries(files.map(({ path, content }) => [path, content]))).toEqual(
        treeOf(after, 'tenants'),
      );
      expect(tenantBranch('dummy', 1)).toBe('tenant-dummy');
      expect(`${tenantTitle('dummy', ['aws'])} (#8)`).toBe(git('log', '-1', '--format=%s', after).trim());
      expect(
        arrivals(
          files.map(({ path }) => path),
          platform,
        ),
      ).toMatchObject([{ when: 'none' }]);
    });

    it('gives the tree and the title of its pull request 10 byte for byte', () => {
      const policy = policyOf();
      const files = treeOf(beforeResize);
      const medium = policy.sizes.named['medium'];
      if (medium === undefined) throw new Error('no such size');
      const folders = tenantFolders('dummy', new Map(Object.entries(files)), policy).filter(({ texts }) =>
        [...texts.values()].some((text) => text.includes('limits.cpu')),
      );
      const resized = resize('dummy', folders, medium);
      if (resized.kind === 'refused') throw new Error(JSON.stringify(resized.refusals));
      const edited = Object.fromEntries(resized.files.map(({ path, after }) => [path, after]));
      expect({ ...files, ...edited }).toEqual(treeOf(afterResize));
      expect(`${resized.title} (#10)`).toBe(git('log', '-1', '--format=%s', afterResize).trim());
    });

    it('knows on its main branch what reaches which cluster when', () => {
      const platform = platformOf(treeOf('main'));
      const files = Object.keys(treeOf('main', 'tenants'));
      expect(arrivals(files, platform)).toMatchObject([
        { when: 'at-merge', cluster: 'non-prod-eu-west-1' },
        { when: 'next-promotion', cluster: 'prod-eu-west-1', follows: { tag: 'v0.0.3' } },
      ]);
    });

    it('knows the way of a promotion there: eight Kustomizations follow the release', () => {
      const platform = platformOf(treeOf('main'));
      const merged = { commit: 'e'.repeat(40) as CommitSha, descendants: new Set<CommitSha>() };
      const sources = platform.sources.filter(({ name }) => name === 'release');
      const [route, ...others] = rolloutRoutes(platform, managementClusters(policyOf(), platform), merged, {
        files: sources.map(({ path }) => path),
        promoted: sources.map((source) => ({ source, tag: 'v9', commit: merged.commit })),
      });
      expect(others).toEqual([]);
      expect(route?.legs.map(({ source, declared }) => [source, declared.length])).toEqual([
        ['flux-system/main', 1],
        ['flux-system/release', 8],
      ]);
      expect(route?.legs[0]?.declared.map(({ id }) => id)).toEqual(['flux-system/mgmt']);
      expect(route?.legs[1]?.declared).toContainEqual({
        id: 'flux-system/feature-access-control',
        cluster: undefined,
      });
    });
  },
);
