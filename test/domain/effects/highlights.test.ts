import { effectsOf, type Files, fleet, mgmt } from './repositories.ts';

describe('highlights', () => {
  const object = (apiVersion: string, kind: string, more = '') =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: x}\n${more}`;
  const quota = (hard: string) => object('v1', 'ResourceQuota', `spec: {hard: ${hard}}\n`);
  const rbac = 'rbac.authorization.k8s.io/v1';

  it.each<readonly [string, string | undefined, string | undefined, readonly string[]]>([
    ['a definition', undefined, object('apiextensions.k8s.io/v1', 'CustomResourceDefinition'), ['crd']],
    [
      'a definition that goes',
      object('apiextensions.k8s.io/v1', 'CustomResourceDefinition'),
      undefined,
      ['crd', 'pruned'],
    ],
    ['a cluster role', undefined, object(rbac, 'ClusterRole'), ['cluster-rbac']],
    ['a cluster role binding', undefined, object(rbac, 'ClusterRoleBinding'), ['cluster-rbac']],
    ['a role', undefined, object(rbac, 'Role'), []],
    ['a namespace that comes', undefined, object('v1', 'Namespace'), []],
    ['a namespace that goes', object('v1', 'Namespace'), undefined, ['namespace-removed', 'pruned']],
    ['anything that goes', object('v1', 'Secret'), undefined, ['pruned']],
    ['a lower quota', quota('{cpu: "1"}'), quota('{cpu: 999m}'), ['quota-cut']],
    ['one of two lower', quota('{cpu: 1, pods: 5}'), quota('{cpu: 2, pods: 4}'), ['quota-cut']],
    ['the same in other words', quota('{cpu: "1"}'), quota('{cpu: 1000m}'), []],
    ['a higher quota', quota('{cpu: "1"}'), quota('{cpu: 1001m}'), []],
    ['a quota without its limit', quota('{cpu: "1"}'), quota('{memory: 1Gi}'), []],
    ['a quota that cannot be read', quota('{cpu: "1"}'), quota('{cpu: lots}'), []],
  ])('%s', (_what, before, after, expected) => {
    const files = (text: string | undefined): Files => (text === undefined ? {} : { 'apps/x.yaml': text });
    const all = effectsOf(fleet(files(before)), fleet(files(after)));
    expect(all[0]?.objects.map(({ highlights }) => highlights)).toEqual([expected]);
  });

  it('no namespace counts as removed that stays in the cluster', () => {
    const k = { more: '  deletionPolicy: Orphan\n' };
    const before = fleet({ 'apps/x.yaml': object('v1', 'Namespace') }, k);
    const { [`${mgmt}/k.yaml`]: _, ...after } = before;
    const objects = effectsOf(before, after).flatMap((effect) => effect.objects);
    expect(objects.map(({ kind, highlights }) => [kind, highlights])).toEqual([
      ['Kustomization', ['pruned']],
      ['Namespace', []],
    ]);
  });
});
