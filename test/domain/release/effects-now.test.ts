import type { Effect } from '../../../src/domain/effects/effect.ts';
import { effectsNow } from '../../../src/domain/release/effects-now.ts';
import { policyOf } from '../samples.ts';

const effect: Effect = {
  when: 'next-promotion',
  follows: { kind: 'tag', tag: 'v0.0.1' },
  kustomization: 'prod/tenants',
  cluster: 'prod',
  management: 'providers/aws/v1/mgmt',
  files: [],
  objects: [],
  notRendered: [],
};

describe('what a published release does, as it stands now', () => {
  it.each([
    ['v0.0.1', 'v0.0.2', 'next-promotion'],
    ['v0.0.2', 'v0.0.2', 'at-merge'],
    ['v0.0.10', 'v0.0.2', 'at-merge'],
    ['nightly', 'v0.0.2', 'next-promotion'],
    ['v0.0.2', 'nightly', 'next-promotion'],
  ])('production runs %s: %s arrives %s', (runs, tag, when) => {
    const follows = { kind: 'tag', tag: runs } as const;
    expect(effectsNow([{ ...effect, follows }], tag, policyOf())).toEqual([{ ...effect, follows, when }]);
  });

  it.each(['at-merge', 'suspended', 'unknown'] as const)('leaves what arrives otherwise: %s', (when) => {
    expect(effectsNow([{ ...effect, when }], 'v0.0.1', policyOf())).toEqual([{ ...effect, when }]);
  });
});
