import { productionChange } from '../../../src/domain/change/production-change.ts';
import { configMap, effectsOf, type Files, stateOf, without } from '../effects/repositories.ts';
import { gitRepository, kustomization, policyOf, sampleFiles } from '../samples.ts';

const mgmt = 'providers/aws/v1/mgmt/namespaced';
const namespace = (name: string) => `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`;
const base: Files = {
  ...sampleFiles,
  [`${mgmt}/two/namespace.yaml`]: namespace('two'),
  [`${mgmt}/two/values.yaml`]: configMap('values', '1', 'two'),
  'tenants/aws/non-prod/shop/x.yaml': configMap('shop'),
  'tenants/aws/prod/shop/x.yaml': configMap('shop'),
};
const worse = { [`${mgmt}/two/values.yaml`]: configMap('values', '2', 'two') };
const still = '  suspend: true\n';
const mgmtFile = `${mgmt}/flux-system/kustomization-mgmt.yaml`;
const mainFile = `${mgmt}/flux-system/gitrepository-main.yaml`;
const own = (over: Partial<Parameters<typeof kustomization>[0]> = {}) =>
  kustomization({ name: 'mgmt', path: './providers/aws/v1/mgmt', ...over });
const elsewhere = (name: string) => gitRepository(name, '{ branch: main }').replace('example.test', 'x.test');

function verdict(before: Files, after: Files) {
  return productionChange({
    before: stateOf(before),
    after: stateOf(after),
    effects: effectsOf(before, after),
    policy: policyOf(),
  });
}

/** A management cluster whose kustomization file lists some files, so that others stand there and are not applied. */
const listed: Files = {
  ...base,
  'providers/aws/v1/mgmt/kustomization.yaml': 'resources: [namespaced]\n',
  [`${mgmt}/kustomization.yaml`]:
    'resources: [flux-system/kustomization-mgmt.yaml, flux-system/gitrepository-main.yaml, two/values.yaml]\n',
};
const secondKustomization = { [`${mgmt}/zz.yaml`]: own({ more: still }) };
const secondSource = { [`${mgmt}/aa.yaml`]: gitRepository('main', '{ branch: main }', still) };

/** What applies the management cluster's folder is declared outside it, so that nothing proves whose address is ours. */
const outside: Files = {
  ...without(base, mgmtFile),
  'bootstrap/aws/mgmt.yaml': own(),
  'bootstrap/aws/main.yaml': gitRepository('main', '{ branch: main }'),
};
const decoy = (more: string): Files => ({
  'docs/non-prod/x/k.yaml': kustomization({
    name: 'k',
    path: './docs/non-prod/x',
    source: 's',
    cluster: 'one',
    more,
  }),
  'docs/non-prod/x/s.yaml': elsewhere('s'),
});

/** Production follows a source that stands in the namespace of a non-prod cluster. */
const shared = (more = '') =>
  gitRepository('shared', '{ tag: v1.2.3 }', more).replace('namespace: flux-system', 'namespace: one');
const sharing: Files = {
  ...base,
  [`${mgmt}/one/shared.yaml`]: shared(),
  [`${mgmt}/two/kustomization-prod.yaml`]: kustomization({
    name: 'tenants-prod',
    namespace: 'two',
    path: 'tenants/aws/prod',
    source: 'shared',
    cluster: 'two',
  }).replace('    namespace: flux-system', '    namespace: one'),
};

/** The management cluster applies the folder of non-prod tenants to itself. */
const serving: Files = {
  ...base,
  [`${mgmt}/flux-system/k.yaml`]: kustomization({ name: 'np', path: './tenants/aws/non-prod' }),
};
const there = 'tenants/aws/non-prod/shop/y.yaml';
const helmRelease =
  'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: x\n  namespace: one\nspec:\n  targetNamespace: two\n';
const binding = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: x\n';
const toProd = kustomization({ name: 'more', namespace: 'two', path: './features', cluster: 'two' });

describe('production is not changed unseen by', () => {
  it.each<[string, Files, Files]>([
    ['suspending what brings everything', base, { ...base, [mgmtFile]: own({ more: still }) }],
    ['suspending it in the same breath', base, { ...base, ...worse, [mgmtFile]: own({ more: still }) }],
    [
      'suspending its source',
      base,
      { ...base, ...worse, [mainFile]: gitRepository('main', '{ branch: main }', still) },
    ],
    ['having it follow the tag', base, { ...base, ...worse, [mgmtFile]: own({ source: 'release' }) }],
    ['a second Kustomization that nothing applies', listed, { ...listed, ...worse, ...secondKustomization }],
    ['a second source that nothing applies', listed, { ...secondSource, ...listed, ...worse }],
    [
      'one that stood there before',
      { ...listed, ...secondKustomization },
      { ...listed, ...worse, ...secondKustomization },
    ],
    [
      'a source that stood there before',
      { ...secondSource, ...listed },
      { ...secondSource, ...listed, ...worse },
    ],
    ['a proof that our address is another', outside, { ...outside, ...worse, ...decoy('') }],
    ['a suspended one', outside, { ...outside, ...worse, ...decoy(still) }],
    [
      "suspending its source in a non-prod cluster's namespace",
      sharing,
      { ...sharing, [`${mgmt}/one/shared.yaml`]: shared(still) },
    ],
    [
      'ignoring files of such a source',
      sharing,
      { ...sharing, [`${mgmt}/one/shared.yaml`]: shared('  ignore: "tenants/"\n') },
    ],
    ['deleting such a source', sharing, without(sharing, `${mgmt}/one/shared.yaml`)],
    [
      "a HelmRelease in a non-prod cluster's namespace",
      base,
      { ...base, [`${mgmt}/one/h.yaml`]: helmRelease },
    ],
    ['a Kustomization in a non-prod folder', serving, { ...serving, [there]: toProd }],
    [
      'a source in a non-prod folder',
      serving,
      { ...serving, [there]: gitRepository('release', '{ branch: x }') },
    ],
    ['rights of the whole cluster in a non-prod folder', serving, { ...serving, [there]: binding }],
    [
      'an object for production in a non-prod folder',
      serving,
      { ...serving, [there]: configMap('y', '1', 'two') },
    ],
  ])('%s', (_what, before, after) => {
    expect(verdict(before, after)).toMatchObject({ kind: 'production', environments: ['prod'] });
  });

  it('and what it does is shown as arriving with the merge', () => {
    const found = verdict(base, { ...base, ...worse, [mgmtFile]: own({ more: still }) });
    const direct = found.kind === 'none' ? [] : found.direct;
    expect(direct).toMatchObject([{ when: 'at-merge', kustomization: 'flux-system/mgmt' }]);
    expect(direct[0]?.objects.map(({ name }) => name).toSorted()).toEqual(['mgmt', 'values']);
  });
});

describe('what is harmless stays so', () => {
  const suspended = { ...base, [mgmtFile]: own({ more: still }) };
  it.each<[string, Files, Files]>([
    [
      'a non-prod Kustomization that is suspended',
      base,
      {
        ...base,
        [`${mgmt}/one/kustomization-non-prod.yaml`]: kustomization({
          name: 'tenants-non-prod',
          namespace: 'one',
          path: './tenants/aws/non-prod/',
          cluster: 'one',
          more: still,
        }),
      },
    ],
    [
      "a non-prod tenant's object on the management cluster",
      serving,
      { ...serving, [there]: configMap('y') },
    ],
    ['what has been suspended before and stays so', suspended, { ...suspended, ...worse }],
  ])('%s', (_what, before, after) => expect(verdict(before, after)).toEqual({ kind: 'none' }));
});
