import fc from 'fast-check';
import { choosePlaces } from '../../../src/domain/promotion/choose-places.ts';
import { comparePromotion } from '../../../src/domain/promotion/compare-promotion.ts';
import { promotionBranch, promotionTitle } from '../../../src/domain/promotion/promotion-names.ts';
import type { PromotionPlace } from '../../../src/domain/promotion/promotion-places.ts';
import { waveOf } from '../../../src/domain/promotion/wave-of.ts';

function placeOf(cloud: string, version: string, environment = 'prod', more = ''): PromotionPlace {
  const management = `providers/${cloud}/${version}/mgmt`;
  const ref = { kind: 'tag', tag: 'v1' } as const;
  return {
    name: `${cloud}-${version}-${environment}${more}`,
    cloud,
    version,
    environment,
    environments: [environment],
    management,
    source: {
      namespace: 'flux-system',
      name: 'release',
      ref,
      path: `${management}/x.yaml`,
      url: undefined,
      suspended: false,
    },
    wave: 0,
  };
}

const places = [
  placeOf('aws', 'v1'),
  placeOf('aws', 'v2'),
  placeOf('azure', 'v1'),
  placeOf('azure', 'v3', 'dr'),
];

describe('the names of a promotion', () => {
  it('names the version only where a cloud has several', () => {
    const titles = places.slice(0, 3).map((place) => promotionTitle('v0.0.3', place, places.slice(0, 3)));
    expect(titles).toEqual([
      'chore(release): promote v0.0.3 to aws v1 prod',
      'chore(release): promote v0.0.3 to aws v2 prod',
      'chore(release): promote v0.0.3 to azure prod',
    ]);
  });

  it('names the source where two would be called the same', () => {
    const two = [placeOf('aws', 'v1', 'prod', '-slow'), placeOf('aws', 'v1', 'prod', '-quick')];
    expect(two.map((place) => promotionTitle('v1', place, two))).toEqual([
      'chore(release): promote v1 to aws prod slow',
      'chore(release): promote v1 to aws prod quick',
    ]);
  });

  it('gives branches that git takes', () => {
    expect(promotionBranch('v0.0.3', placeOf('aws', 'v1'))).toBe('promote-v0.0.3-aws-v1-prod');
    expect(promotionBranch('release/1.0', placeOf('aws', 'v1', 'x.lock'))).toBe(
      'promote-release-1.0-aws-v1-x',
    );
    fc.assert(
      fc.property(fc.string(), fc.string(), (tag, cloud) => {
        const branch = promotionBranch(tag, placeOf(cloud, 'v1'));
        expect(branch).toMatch(/^promote-[A-Za-z0-9._-]*$/);
        expect(branch).not.toMatch(/\.\.|\.lock$|\.$/);
      }),
    );
  });
});

describe('choosing places', () => {
  it.each([
    [[], [0, 1, 2, 3]],
    [['aws'], [0, 1]],
    [['AWS', 'v1'], [0]],
    [['prod'], [0, 1, 2]],
    [
      ['aws', 'azure', 'prod'],
      [0, 1, 2],
    ],
    [['azure', 'dr'], [3]],
    [['aws-v2-prod'], [1]],
    [
      ['aws-v2-prod', 'azure-v3-dr'],
      [1, 3],
    ],
    [
      ['aws-v2-prod', 'azure'],
      [1, 2, 3],
    ],
  ])('%j gives the right ones', (words, indices) => {
    expect(choosePlaces(words, places)).toEqual({
      kind: 'chosen',
      places: indices.map((index) => places[index]),
    });
  });

  it.each([
    [['gcp'], 'gcp'],
    [['aws', 'Nowhere'], 'Nowhere'],
    [['aws', 'dr'], 'aws dr'],
    [[''], ''],
  ])('%j is refused', (words, word) => {
    const known = places.map(({ name }) => name);
    expect(choosePlaces(words, places)).toEqual({ kind: 'refuse', code: 'unknown-place', word, known });
  });
});

describe('the step of a promotion', () => {
  it.each([
    ['v0.0.1', 'v0.0.2', 'upgrade'],
    ['v0.0.10', 'v0.0.9', 'downgrade'],
    ['v1.0.0', 'v1.0.0-rc.1', 'downgrade'],
    ['v1.0.0', 'v1.0.0', 'same'],
    ['nightly', 'nightly', 'same'],
    ['nightly', 'v1.0.0', 'unknown'],
    ['v1.0.0', '1.0.0', 'unknown'],
    [undefined, 'v1.0.0', 'unknown'],
  ])('from %s to %s is %s', (from, to, step) => {
    expect(comparePromotion(from, to, 'v')).toBe(step);
  });
});

describe('the wave of a place', () => {
  it.each([
    ['aws-v1-prod', true],
    ['aws-*', true],
    ['*', true],
    ['*prod', true],
    ['a*-v1-*d', true],
    ['**-v1**', true],
    ['aws', false],
    ['*v2*', false],
    ['aws-v1-prod*d', false],
    ['.ws-v1-prod', false],
  ])('%s matches: %s', (pattern, matches) => {
    expect(waveOf('aws-v1-prod', [{ places: [pattern], soakMinutes: 0 }])).toBe(matches ? 0 : 1);
  });
});
