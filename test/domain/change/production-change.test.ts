import fc from 'fast-check';
import { type ProductionChange, productionChange } from '../../../src/domain/change/production-change.ts';
import { configMap, effectsOf, type Files, lines, stateOf, without } from '../effects/repositories.ts';
import { gitRepository, kustomization, policyOf, sampleFiles } from '../samples.ts';

const mgmt = 'providers/aws/v1/mgmt/namespaced';
const clusters = 'providers/aws/v1/clusters';
const policyText = 'environments:\n  - { name: non-prod }\n  - { name: prod, production: true }\n';
const namespace = (name: string) => `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`;

/** The sample platform, in which `one` is non-prod and follows main, and `two` is prod and follows a tag. */
const base: Files = {
  ...sampleFiles,
  [`${mgmt}/one/namespace.yaml`]: namespace('one'),
  [`${mgmt}/two/namespace.yaml`]: namespace('two'),
  [`${mgmt}/two/values.yaml`]: configMap('values', '1', 'two'),
  [`${clusters}/non-prod/one/namespaced/x.yaml`]: configMap('x'),
  [`${clusters}/prod/two/namespaced/x.yaml`]: configMap('x'),
  'tenants/aws/common/shop/x.yaml': configMap('shop'),
  'tenants/aws/non-prod/shop/x.yaml': configMap('shop'),
  'tenants/aws/prod/shop/x.yaml': configMap('shop'),
};

function verdict(after: Files, before: Files = base): ProductionChange {
  return productionChange({
    before: stateOf(before),
    after: stateOf(after),
    effects: effectsOf(before, after),
    policy: policyOf(),
  });
}

function why(after: Files, before: Files = base): readonly string[] {
  const found = verdict(after, before);
  return found.kind === 'none' ? [] : found.why;
}

const prod = (over: Partial<Parameters<typeof kustomization>[0]> = {}) =>
  kustomization({
    name: 'tenants-prod',
    namespace: 'two',
    path: 'tenants/aws/prod',
    source: 'release',
    cluster: 'two',
    ...over,
  });
const nonProd = (over: Partial<Parameters<typeof kustomization>[0]> = {}) =>
  kustomization({
    name: 'tenants-non-prod',
    namespace: 'one',
    path: './tenants/aws/non-prod/',
    cluster: 'one',
    ...over,
  });
const prodFile = `${mgmt}/two/kustomization-prod.yaml`;
const nonProdFile = `${mgmt}/one/kustomization-non-prod.yaml`;
const releaseFile = `${mgmt}/flux-system/gitrepository-release.yaml`;

describe('what changes nothing in production at once', () => {
  it.each<[string, Files]>([
    ['nothing', base],
    ['a read-me', { ...base, 'README.md': '# other' }],
    ['documents', { ...base, 'docs/one.md': '# one', 'docs/two.yaml': 'not: [closed' }],
    ['a feature that nothing applies', { ...base, 'features/x/x.yaml': configMap('x') }],
    ['a tenant in non-prod only', { ...base, 'tenants/aws/non-prod/new/x.yaml': configMap('new') }],
    [
      'a tenant that production gets with the tag',
      { ...base, 'tenants/aws/prod/new/x.yaml': configMap('n') },
    ],
    ['a tenant everywhere', { ...base, 'tenants/aws/common/new/x.yaml': configMap('new') }],
    ['a tenant gone', without(base, 'tenants/aws/common/shop/x.yaml', 'tenants/aws/prod/shop/x.yaml')],
    ['a Kustomization of a non-prod cluster', { ...base, [nonProdFile]: nonProd({ path: './features' }) }],
    ['a Kustomization of a non-prod cluster gone', without(base, nonProdFile)],
    [
      'one more Kustomization of a non-prod cluster',
      { ...base, [`${mgmt}/one/k.yaml`]: nonProd({ name: 'more', path: './features' }) },
    ],
    ['an object for a non-prod cluster', { ...base, [`${mgmt}/one/c.yaml`]: configMap('c', '1', 'one') }],
    [
      'the definition of a non-prod cluster',
      { ...base, [`${clusters}/non-prod/one/a.yaml`]: configMap('a') },
    ],
  ])('%s', (_what, after) => expect(verdict(after)).toEqual({ kind: 'none' }));

  it('a source that only non-prod clusters follow', () => {
    const file = `${mgmt}/flux-system/gitrepository-next.yaml`;
    const own = { [nonProdFile]: nonProd({ source: 'next' }) };
    const before = { ...base, ...own, [file]: gitRepository('next', '{ tag: v1.0.0 }') };
    const after = { ...before, [file]: gitRepository('next', '{ tag: v1.1.0 }') };
    const found = verdict(after, before);
    expect(found.kind === 'none' ? [] : found.turned).toEqual([]);
  });
});

describe('what changes production at once', () => {
  it.each<[string, Files, readonly string[]]>([
    ['the policy', { ...base, '.github/trunkline.yaml': policyText }, ['policy']],
    ['a policy with mistakes', { ...base, '.github/trunkline.yaml': 'environments: 7' }, ['policy']],
    [
      'another tag',
      { ...base, [releaseFile]: gitRepository('release', '{ tag: v1.2.4 }') },
      ['turned-source'],
    ],
    [
      'an older tag',
      { ...base, [releaseFile]: gitRepository('release', '{ tag: v0.0.1 }') },
      ['turned-source'],
    ],
    [
      'a tag turned to a branch',
      { ...base, [releaseFile]: gitRepository('release', '{ branch: main }') },
      ['turned-source'],
    ],
    [
      'a tag turned to a commit',
      { ...base, [releaseFile]: gitRepository('release', `{ commit: ${'a'.repeat(40)} }`) },
      ['turned-source'],
    ],
    [
      'a Kustomization of a prod cluster with another path',
      { ...base, [prodFile]: prod({ path: './features' }) },
      ['management', 'at-merge'],
    ],
    ['a Kustomization of a prod cluster gone', without(base, prodFile), ['management', 'at-merge']],
    [
      'a Kustomization of a prod cluster suspended',
      { ...base, [prodFile]: prod({ more: '  suspend: true\n' }) },
      ['management'],
    ],
    [
      'a Namespace of a prod cluster gone from the management cluster',
      without(base, `${mgmt}/two/namespace.yaml`),
      ['management'],
    ],
    [
      'an object for a prod cluster on the management cluster',
      { ...base, [`${mgmt}/two/values.yaml`]: configMap('values', '2', 'two') },
      ['management'],
    ],
    [
      'an object for nobody in particular on the management cluster',
      { ...base, [`${mgmt}/x.yaml`]: configMap('x', '1', 'kube-system') },
      ['management'],
    ],
    [
      'an object for a cluster that is not known',
      { ...base, [`${mgmt}/three/x.yaml`]: configMap('x', '1', 'three') },
      ['management'],
    ],
  ])('%s', (_what, after, expected) => {
    expect(why(after)).toEqual(expected);
    expect(verdict(after)).toMatchObject({ environments: ['prod'] });
  });

  it('a prod Kustomization that follows main from now on does its work at the merge', () => {
    expect(why({ ...base, [prodFile]: prod({ source: 'main' }) })).toContain('management');
  });

  it('a tenant where production follows main', () => {
    const before = { ...base, [prodFile]: prod({ source: 'main' }) };
    const found = verdict({ ...before, 'tenants/aws/prod/shop/x.yaml': configMap('shop', '2') }, before);
    expect(found).toMatchObject({ why: ['at-merge'], environments: ['prod'] });
    expect(found.kind === 'none' ? [] : lines(found.direct)).toEqual([
      'at-merge two two/tenants-prod: changed ConfigMap shop/shop',
    ]);
  });

  it('a source in another repository, or one that is suspended', () => {
    const moved = gitRepository('release', '{ tag: v1.2.3 }').replace('example.test', 'evil.test');
    expect(why({ ...base, [releaseFile]: moved })).toContain('management');
    const still = gitRepository('release', '{ tag: v1.2.3 }', '  suspend: true\n');
    expect(why({ ...base, [releaseFile]: still })).toEqual(['management']);
  });

  it('a tag turned together with the source suspended says both', () => {
    const both = gitRepository('release', '{ tag: v1.2.4 }', '  suspend: true\n');
    expect(why({ ...base, [releaseFile]: both })).toEqual(['turned-source', 'management']);
  });

  it('a tag turned together with the repository is never a mere promotion', () => {
    const elsewhere = gitRepository('release', '{ tag: v1.2.4 }').replace('example.test', 'evil.test');
    expect(why({ ...base, [releaseFile]: elsewhere })).toContain('management');
  });

  it.each([
    ['ignored files', '  ignore: "tenants/"\n'],
    ['another secret', '  secretRef: { name: other }\n'],
    ['no verification', '  include: []\n'],
  ])('a tag turned together with %s of its source is never a mere promotion', (_what, more) => {
    expect(why({ ...base, [releaseFile]: gitRepository('release', '{ tag: v1.2.4 }', more) })).toContain(
      'management',
    );
  });

  it('a source of production that is gone', () => {
    expect(why(without(base, releaseFile))).toContain('management');
  });

  it('a harmless part hides no other', () => {
    const after = {
      ...base,
      [nonProdFile]: nonProd({ path: './features' }),
      [prodFile]: prod({ path: './features' }),
      'README.md': '# other',
    };
    const found = verdict(after);
    expect(found.kind === 'none' ? [] : lines(found.direct).join()).not.toContain('one/tenants-non-prod');
    expect(why(after)).toEqual(['management', 'at-merge']);
  });

  it('a non-prod Kustomization that goes to the prod cluster from now on', () => {
    expect(why({ ...base, [nonProdFile]: nonProd({ cluster: 'two' }) })).toContain('management');
  });

  it('a prod Kustomization that goes to the non-prod cluster from now on', () => {
    expect(why({ ...base, [prodFile]: prod({ cluster: 'one' }) })).toContain('management');
  });
});

describe('what cannot be told counts as production', () => {
  it.each<[string, Files]>([
    ['a Kustomization that cannot be parsed', { ...base, [prodFile]: 'kind: [Kustomization' }],
    ['a source that cannot be parsed', { ...base, [releaseFile]: 'kind: {GitRepository' }],
    ['a file of the management cluster that cannot be parsed', { ...base, [`${mgmt}/y.yaml`]: 'a: [b' }],
    ['one beside what is fine', { ...base, [`${mgmt}/two/y.yaml`]: 'a: [b' }],
  ])('%s', (_what, after) => {
    const found = verdict(after);
    expect(found).toMatchObject({ kind: 'production', environments: ['prod'] });
  });

  it('a file that could not be parsed before, and can now', () => {
    const before = { ...base, [prodFile]: 'kind: [Kustomization' };
    expect(verdict(base, before).kind).toBe('production');
  });

  it('one that has always been so and is not touched does no harm', () => {
    const before = { ...base, [`${mgmt}/y.yaml`]: 'a: [b' };
    expect(verdict({ ...before, 'README.md': '# other' }, before)).toEqual({ kind: 'none' });
  });

  it('a cluster whose environment nothing tells', () => {
    const file = `${mgmt}/dark/k.yaml`;
    const of = (path: string) => kustomization({ name: 'k', namespace: 'dark', path, cluster: 'dark' });
    const before = {
      ...base,
      'apps/x.yaml': configMap('x'),
      'more/x.yaml': configMap('x'),
      [file]: of('./apps'),
    };
    expect(why({ ...before, [file]: of('./more') }, before)).toContain('management');
    expect(why({ ...before, 'apps/x.yaml': configMap('x', '2') }, before)).toEqual(['at-merge']);
  });
});

describe('any change', () => {
  const harmlessPaths = [
    'README.md',
    'docs/a.md',
    'docs/b.yaml',
    'features/x/x.yaml',
    '.github/w.yaml',
    'x/y',
  ];
  const files = fc.dictionary(fc.constantFrom(...harmlessPaths), fc.string(), { maxKeys: 5 });

  it('outside every Kustomization and the policy is none', () => {
    fc.assert(
      fc.property(files, files, (before, after) => {
        expect(verdict({ ...base, ...after }, { ...base, ...before })).toEqual({ kind: 'none' });
      }),
      { numRuns: 40 },
    );
  });

  it('that touches the policy, or the tag of production, is production whatever else it does', () => {
    const bad = fc.constantFrom<Files>(
      { '.github/trunkline.yaml': policyText },
      { [releaseFile]: gitRepository('release', '{ tag: v9.0.0 }') },
      { [prodFile]: prod({ path: './features' }) },
      { [prodFile]: 'kind: [' },
    );
    fc.assert(
      fc.property(files, bad, (more, part) => {
        expect(verdict({ ...base, ...more, ...part }).kind).toBe('production');
      }),
      { numRuns: 40 },
    );
  });

  it('is none when nothing changes, whatever the repository holds', () => {
    fc.assert(
      fc.property(files, fc.string(), (more, text) => {
        const all = { ...base, ...more, [`${mgmt}/any.yaml`]: text };
        expect(verdict(all, all)).toEqual({ kind: 'none' });
      }),
      { numRuns: 40 },
    );
  });
});
