import { policyOf } from '../samples.ts';
import { configMap, effectsOf, type Files, fleet, lines, mgmt, through } from './repositories.ts';

const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\n';

describe('objects of a Kustomization', () => {
  it.each<readonly [string, Files, Files, string]>([
    ['added', {}, { 'apps/a.yaml': configMap('a') }, 'added ConfigMap shop/a'],
    [
      'changed',
      { 'apps/a.yaml': configMap('a') },
      { 'apps/a.yaml': configMap('a', '2') },
      'changed ConfigMap shop/a',
    ],
    ['deleted by pruning', { 'apps/a.yaml': configMap('a') }, {}, 'deleted (pruned) ConfigMap shop/a'],
    [
      'nothing, when only words between them differ',
      { 'apps/a.yaml': configMap('a') },
      {
        'apps/a.yaml':
          '# why\n---\nkind: ConfigMap\napiVersion: v1\ndata: {value: "1"}\nmetadata: {namespace: shop, name: a}\n',
      },
      'nothing',
    ],
    [
      'nothing, when a file gets another name',
      { 'apps/a.yaml': configMap('a') },
      { 'apps/b/c.yml': configMap('a') },
      'nothing',
    ],
    [
      'nothing, when files are put together into one',
      { 'apps/a.yaml': configMap('a'), 'apps/b.yaml': configMap('b') },
      { 'apps/all.yaml': `${configMap('b')}---\n${configMap('a')}` },
      'nothing',
    ],
    [
      'changed, when one moves to another file and says something else',
      { 'apps/a.yaml': configMap('a') },
      { 'apps/b.yaml': configMap('a', '2') },
      'changed ConfigMap shop/a',
    ],
    [
      'changed, when only the version of its group differs',
      { 'apps/a.yaml': deployment },
      { 'apps/a.yaml': deployment.replace('apps/v1', 'apps/v1beta1') },
      'changed Deployment shop/web',
    ],
    [
      'another one, when its group differs',
      { 'apps/a.yaml': deployment },
      { 'apps/a.yaml': deployment.replace('apps/v1', 'extensions/v1') },
      'deleted (pruned) Deployment shop/web, added Deployment shop/web',
    ],
    [
      'another one, when its namespace differs',
      { 'apps/a.yaml': configMap('a') },
      { 'apps/a.yaml': configMap('a', '1', 'other') },
      'added ConfigMap other/a, deleted (pruned) ConfigMap shop/a',
    ],
    [
      'the one of several documents that differs',
      { 'apps/a.yaml': `${configMap('a')}---\n${configMap('b')}` },
      { 'apps/a.yaml': `${configMap('a')}---\n${configMap('b', '2')}---\n# nothing\n` },
      'changed ConfigMap shop/b',
    ],
    [
      'those of a List',
      {},
      {
        'apps/a.yaml':
          'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Secret, metadata: {name: s}}\n- {apiVersion: v1, kind: Namespace, metadata: {name: n}}\n',
      },
      'added Namespace n, added Secret s',
    ],
    [
      'the same one, when it says the default namespace aloud',
      { 'apps/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' },
      { 'apps/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: default}\n' },
      'nothing',
    ],
  ])('%s', (_what, before, after, expected) => {
    expect(through(before, after)).toEqual([`at-merge one one/k: ${expected}`]);
  });

  it.each<readonly [string, Files, Files]>([
    ['outside its path', { 'other/a.yaml': configMap('a') }, {}],
    ['that are no YAML', { 'apps/README.md': 'a' }, { 'apps/README.md': 'b' }],
  ])('files %s do nothing', (_what, before, after) => {
    expect(through(before, after)).toEqual([]);
  });

  it.each([
    ['prune: false', 'prune: false', ''],
    ['no word of pruning', 'wait: true', ''],
    ['an object that Flux may not prune', 'prune: true', 'prune'],
    ['an object that Flux may not touch', 'prune: true', 'reconcile'],
  ])('with %s a deleted one stays in the cluster', (_what, spec, verb) => {
    const kept = configMap('a').replace(
      '\ndata:',
      `\n  annotations: { kustomize.toolkit.fluxcd.io/${verb}: disabled }\ndata:`,
    );
    const platform = (files: Files) => {
      const all = fleet(files);
      const file = `${mgmt}/k.yaml`;
      return { ...all, [file]: String(all[file]).replace('prune: true', spec) };
    };
    const before = platform({ 'apps/a.yaml': verb === '' ? configMap('a') : kept });
    expect(lines(effectsOf(before, platform({})))).toEqual(['at-merge one one/k: deleted ConfigMap shop/a']);
  });

  it('get the namespace that the Kustomization sets, but for those that stand in none', () => {
    const more = { more: '  targetNamespace: shop\n' };
    const cluster = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: n}\n';
    expect(through({}, { 'apps/a.yaml': configMap('a', '1', 'x'), 'apps/b.yaml': cluster }, more)).toEqual([
      'at-merge one one/k: added ConfigMap shop/a, added Namespace n',
    ]);
    expect(
      through({ 'apps/a.yaml': configMap('a', '1', 'x') }, { 'apps/a.yaml': configMap('a', '1', 'y') }, more),
    ).toEqual(['at-merge one one/k: nothing']);
  });

  it.each([
    ['at-merge', {}],
    ['next-promotion', { source: 'release' }],
    ['suspended', { more: '  suspend: true\n' }],
    ['unknown', { source: 'gone' }],
  ])('arrive %s', (when, k) => {
    expect(through({}, { 'apps/a.yaml': configMap('a') }, k)).toEqual([
      `${when} one one/k: added ConfigMap shop/a`,
    ]);
  });

  it('are not sought in what Flux passes over, nor missed in the rest of the repository', () => {
    const files = {
      '.github/a.yaml': configMap('a'),
      '.hidden/kustomization.yaml': 'resources: [d.yaml]\n',
      '.hidden/d.yaml': configMap('d'),
      '.b.yaml': configMap('b'),
      'c.yaml': configMap('c'),
    };
    expect(through({}, files, { path: './' })).toContainEqual('at-merge one one/k: added ConfigMap shop/c');
  });

  it('are told with all that is known of them', () => {
    const file = 'tenants/aws/common/shop/quota.yaml';
    const quota = (memory: string) =>
      `apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: compute, namespace: shop}\nspec: {hard: {limits.memory: ${memory}}}\n`;
    const k = { path: './tenants/aws/common', source: 'release' };
    expect(effectsOf(fleet({ [file]: quota('2Gi') }, k), fleet({ [file]: quota('1Gi') }, k))).toEqual([
      {
        kustomization: 'one/k',
        cluster: 'one',
        management: 'providers/aws/v1/mgmt',
        when: 'next-promotion',
        follows: { kind: 'tag', tag: 'v1.0.0' },
        files: [file],
        objects: [
          {
            apiVersion: 'v1',
            kind: 'ResourceQuota',
            namespace: 'shop',
            name: 'compute',
            path: file,
            change: 'changed',
            moved: undefined,
            pruned: false,
            tenant: 'shop',
            highlights: ['quota-cut'],
          },
        ],
        notRendered: [],
      },
    ]);
  });

  it("name the tenant by the policy's layout", () => {
    const policy = policyOf('layout: { tenants: teams }');
    expect(policy.layout.tenants).toBe('teams');
    const k = { path: './' };
    const file = 'teams/aws/prod/shop/a.yaml';
    const [effect] = effectsOf(fleet({}, k), fleet({ [file]: configMap('a') }, k), undefined, policy);
    expect(effect?.objects).toMatchObject([{ tenant: 'shop' }]);
  });
});
