import { type RiskFacts, riskOf } from '../../../src/domain/change/risk.ts';
import type { Effect, ObjectChange } from '../../../src/domain/effects/effect.ts';

const object = (over: Partial<ObjectChange> = {}): ObjectChange => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  namespace: 'shop',
  name: 'x',
  path: 'x.yaml',
  change: 'changed',
  moved: undefined,
  pruned: false,
  tenant: undefined,
  highlights: [],
  ...over,
});

const effect = (over: Partial<Effect> = {}): Effect =>
  ({
    when: 'next-promotion',
    follows: undefined,
    kustomization: 'two/tenants-prod',
    cluster: 'two',
    management: 'mgmt',
    files: ['x.yaml'],
    objects: [object()],
    notRendered: [],
    ...over,
  }) as Effect;

const facts: RiskFacts = {
  effects: [],
  turned: { from: 'v1.0.0', to: 'v1.1.0' },
  order: 'upgrade',
  isOnDefaultBranch: true,
  tagExists: true,
  touchesPolicy: false,
};
const with_ = (...objects: readonly ObjectChange[]): Partial<RiskFacts> => ({
  effects: [effect({ objects })],
});

describe('the risk of a change', () => {
  it.each<[string, Partial<RiskFacts>, readonly object[]]>([
    ['a plain promotion', {}, []],
    ['a downgrade', { order: 'downgrade' }, [{ kind: 'downgrade', from: 'v1.0.0', to: 'v1.1.0' }]],
    ['a first promotion, which is none', { order: 'downgrade', turned: { from: undefined, to: 'v1' } }, []],
    [
      'a tag beside the default branch',
      { isOnDefaultBranch: false },
      [{ kind: 'not-on-default-branch', tag: 'v1.1.0' }],
    ],
    [
      'a tag that is not there',
      { tagExists: false, isOnDefaultBranch: undefined },
      [{ kind: 'tag-missing', tag: 'v1.1.0' }],
    ],
    ['the policy', { turned: undefined, touchesPolicy: true }, [{ kind: 'policy' }]],
    [
      'a Namespace removed',
      with_(
        object({
          kind: 'Namespace',
          namespace: undefined,
          name: 'shop',
          change: 'deleted',
          highlights: ['namespace-removed', 'pruned'],
        }),
      ),
      [
        { kind: 'namespaces-removed', names: ['shop'] },
        { kind: 'pruned', objects: 1 },
      ],
    ],
    [
      'definitions',
      with_(
        object({ kind: 'CustomResourceDefinition', namespace: undefined, name: 'a.b', highlights: ['crd'] }),
      ),
      [{ kind: 'crds', names: ['CustomResourceDefinition a.b'] }],
    ],
    [
      'rights in the whole cluster',
      with_(
        object({ kind: 'ClusterRole', namespace: undefined, name: 'admin', highlights: ['cluster-rbac'] }),
      ),
      [{ kind: 'cluster-rbac', names: ['ClusterRole admin'] }],
    ],
    [
      'a quota cut',
      with_(object({ kind: 'ResourceQuota', name: 'compute', highlights: ['quota-cut'] })),
      [{ kind: 'quota-cut', names: ['ResourceQuota shop/compute'] }],
    ],
    [
      'an object moved',
      with_(object({ change: 'moved', moved: { from: 'a/b', to: 'c/d' } })),
      [{ kind: 'moved', objects: 1 }],
    ],
    [
      'a file that is not rendered',
      { effects: [effect({ objects: [], notRendered: [{ path: 'x', why: 'overlay', tenant: undefined }] })] },
      [{ kind: 'not-rendered', files: 1 }],
    ],
  ])('%s', (_what, over, expected) => expect(riskOf({ ...facts, ...over }).warnings).toEqual(expected));

  it('names what happens in two clusters once, and both clusters', () => {
    const cut = object({ kind: 'ResourceQuota', name: 'compute', highlights: ['quota-cut'] });
    const risk = riskOf({
      ...facts,
      effects: [effect({ objects: [cut] }), effect({ cluster: 'three', objects: [cut] })],
    });
    expect(risk.warnings).toEqual([{ kind: 'quota-cut', names: ['ResourceQuota shop/compute'] }]);
    expect(risk.clusters.map(({ cluster }) => cluster).toSorted()).toEqual(['three', 'two']);
  });
});
