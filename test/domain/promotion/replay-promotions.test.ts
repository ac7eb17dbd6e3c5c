import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promotionBranch, promotionTitle } from '../../../src/domain/promotion/promotion-names.ts';
import { promotionPlaces } from '../../../src/domain/promotion/promotion-places.ts';
import { turnSource } from '../../../src/domain/promotion/turn-source.ts';
import { platformOf, policyOf } from '../samples.ts';

const bundle = fileURLToPath(new URL('../../../../shared/platform-repo.bundle', import.meta.url));
const isHere = existsSync(bundle);

(isHere ? describe : describe.skip)(
  `a replay of the model's promotions${isHere ? '' : ' (skipped: the model repository is not beside this one)'}`,
  () => {
    let dir = '';
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', dir, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const treeOf = (commit: string) => {
      const names = git('ls-tree', '-r', '-z', '--name-only', commit).split('\0').filter(Boolean);
      return Object.fromEntries(names.map((path) => [path, git('show', `${commit}:${path}`)]));
    };

    beforeAll(() => {
      dir = mkdtempSync(join(tmpdir(), 'trunkline-replay-'));
      execFileSync('git', ['clone', '-q', '--bare', bundle, dir], { stdio: 'ignore' });
    });

    afterAll(() => rmSync(dir, { recursive: true, force: true }));

    it.each([
      ['v0.0.1', 'dc30b85', 9],
      ['v0.0.2', 'c76e147', 11],
      ['v0.0.3', '1ab8e99', 14],
    ])('gives the tree and the title of %s byte for byte', (tag, commit, number) => {
      const before = treeOf(`${commit}^`);
      const places = promotionPlaces(platformOf(before), policyOf());
      expect(places).toMatchObject([
        {
          name: 'aws-v1-prod',
          cloud: 'aws',
          version: 'v1',
          environment: 'prod',
          management: 'providers/aws/v1/mgmt',
          source: { namespace: 'flux-system', name: 'release' },
          wave: 0,
        },
      ]);
      const [place] = places;
      if (place === undefined) throw new Error('no place');
      const turned = turnSource(before[place.source.path] ?? '', place.source, tag);
      if (turned.kind === 'refuse') throw new Error(turned.code);
      expect({ ...before, [place.source.path]: turned.text }).toEqual(treeOf(commit));
      expect(`${promotionTitle(tag, place, places)} (#${number})`).toBe(
        git('log', '-1', '--format=%s', commit).trim(),
      );
      expect(promotionBranch(tag, place)).toBe(`promote-${tag}-aws-v1-prod`);
    });
  },
);
