import type { CommitSha } from '../../src/domain/ids.ts';
import { isRelevantPath, readPlatform } from '../../src/domain/read-platform.ts';
import { gitRepository, kustomization, platformOf, policyOf, samplePlatform } from './samples.ts';

const mgmt = 'providers/aws/v1/mgmt';

describe('which texts are fetched', () => {
  it.each([
    ['.github/trunkline.yaml', true],
    ['.github/workflows/ci.yaml', false],
    ['providers/aws/v1/mgmt/x.yaml', true],
    ['clusters/x.yml', true],
    ['kustomization.yaml', true],
    ['tenants/aws/common/kustomization.yaml', true],
    ['tenants/aws/common/x/Kustomization', true],
    ['features/x/kustomization.yml', true],
    ['tenants/aws/common/x/namespace.yaml', false],
    ['features/x/deployment.yaml', false],
    ['README.md', false],
    ['x.json', false],
  ])('%s: %s', (path, is) => {
    expect(isRelevantPath(path, policyOf())).toBe(is);
  });
});

describe('clouds and environments', () => {
  it("come from the clusters' folders while there are no tenants", () => {
    const platform = platformOf({
      'providers/aws/v1/clusters/non-prod/one/x.yaml': '',
      'providers/aws/v1/clusters/prod/common/x.yaml': '',
      'providers/azure/v2/clusters/dev/three/x.yaml': '',
      'providers/bare/README.md': '',
    });
    expect(platform.clouds).toEqual([
      { name: 'aws', environments: ['non-prod', 'prod'] },
      { name: 'azure', environments: ['dev'] },
    ]);
    expect(platform.clusters).toEqual(['one', 'three']);
  });

  it("come from the tenants' folders where they stand, whatever the clusters are called", () => {
    const platform = platformOf({
      'providers/aws/v1/clusters/production/one/x.yaml': '',
      'tenants/aws/common/shop/namespace.yaml': '',
      'tenants/aws/dev/shop/rolebinding-admin.yaml': '',
      'tenants/aws/prod/shop/rolebinding-reader.yaml': '',
      'tenants/README.md': '',
    });
    expect(platform.clouds).toEqual([{ name: 'aws', environments: ['dev', 'prod'] }]);
  });

  it('know an environment whose first tenant is still to come', () => {
    const first = { 'tenants/aws/non-prod/shop/namespace.yaml': '' };
    expect(samplePlatform(first).clouds).toEqual([{ name: 'aws', environments: ['non-prod', 'prod'] }]);
    const without = platformOf({
      ...first,
      'providers/aws/v1/clusters/non-prod/one/x.yaml': '',
      'providers/aws/v1/clusters/prod/two/x.yaml': '',
    });
    expect(without.clouds).toEqual([{ name: 'aws', environments: ['non-prod', 'prod'] }]);
  });

  it("follow the policy's layout", () => {
    const policy = policyOf('layout:\n  tenants: teams/all\n  providers: infra\n  shared: base\n');
    const platform = platformOf(
      { 'teams/all/aws/base/shop/x.yaml': '', 'teams/all/aws/dev/shop/x.yaml': '' },
      policy,
    );
    expect(platform.clouds).toEqual([{ name: 'aws', environments: ['dev'] }]);
    expect(platform.tenants).toContainEqual({ tenant: 'shop', cloud: 'aws', folder: 'base' });
  });
});

describe('tenants', () => {
  it('are named once for each folder they stand in', () => {
    const platform = samplePlatform({
      'tenants/aws/common/shop/namespace.yaml': '',
      'tenants/aws/common/shop/limitrange-default.yaml': '',
      'tenants/aws/prod/shop/rolebinding-reader.yaml': '',
      'tenants/aws/common/kustomization.yaml': '',
    });
    expect(platform.tenants).toEqual([
      { tenant: 'shop', cloud: 'aws', folder: 'common' },
      { tenant: 'shop', cloud: 'aws', folder: 'prod' },
    ]);
  });
});

describe('objects', () => {
  it.each(['v1', 'v1beta1', 'v1beta2'])('Kustomizations of %s are read', (version) => {
    const text = kustomization({
      name: 'x',
      namespace: 'one',
      path: './tenants/aws/prod/',
      cluster: 'one',
      version,
    });
    expect(platformOf({ [`${mgmt}/k.yaml`]: text }).kustomizations).toEqual([
      {
        namespace: 'one',
        name: 'x',
        file: `${mgmt}/k.yaml`,
        management: mgmt,
        applies: 'tenants/aws/prod',
        source: { kind: 'GitRepository', namespace: 'flux-system', name: 'main' },
        cluster: 'one',
        suspended: false,
        prune: true,
        prunesWhenDeleted: true,
        targetNamespace: undefined,
        postBuild: undefined,
        alters: {},
      },
    ]);
  });

  it.each([
    ['prune: false', { prune: false, prunesWhenDeleted: false }],
    ['prune: true\n  suspend: true', { prune: true, prunesWhenDeleted: false }],
    ['prune: true\n  deletionPolicy: Orphan', { prune: true, prunesWhenDeleted: false }],
    ['prune: false\n  deletionPolicy: Delete', { prune: false, prunesWhenDeleted: true }],
    ['prune: true\n  deletionPolicy: MirrorPrune', { prune: true, prunesWhenDeleted: true }],
    ['prune: true\n  targetNamespace: shop', { targetNamespace: 'shop' }],
    [
      'prune: true\n  postBuild:\n    substitute: { b: "1", a: "2" }',
      { postBuild: '{"substitute":{"a":"2","b":"1"}}' },
    ],
    [
      'prune: true\n  images: [{ name: x, newTag: "2" }]',
      { alters: { images: '[{"name":"x","newTag":"2"}]' } },
    ],
    ['prune: true\n  patches: []\n  namePrefix: ""', { alters: {} }],
    ['wait: true', { prune: false }],
  ])('what a Kustomization does on deletion and to its objects is read: %s', (spec, expected) => {
    const text = kustomization({ name: 'x', path: './x' }).replace('prune: true', spec);
    expect(platformOf({ [`${mgmt}/k.yaml`]: text }).kustomizations).toMatchObject([expected]);
  });

  it.each([
    ['resources: [a.yaml]\nbases: [b]\n', ['a.yaml', 'b'], [], []],
    ['kind: Kustomization\nresources: [a.yaml]\npatches: []\nlabels:\n', ['a.yaml'], [], []],
    ['components: [c]\n', ['c'], ['components'], ['c']],
    [
      'configMapGenerator:\n- name: x\n  files: [k=a.txt]\nnamePrefix: p-\n',
      [],
      ['configMapGenerator', 'namePrefix'],
      ['x', 'k=a.txt', 'a.txt', 'p-'],
    ],
    ['resources: {}\n', [], ['resources'], []],
    ['resources: [\n', [], ['resources'], []],
    ['', [], [], []],
  ])('what a kustomization file does is read: %j', (text, listed, beyond, mentions) => {
    const platform = platformOf({ 'features/x/kustomization.yaml': text });
    expect(platform.overlays.get('features/x')).toEqual({
      file: 'features/x/kustomization.yaml',
      listed,
      beyond,
      mentions,
    });
  });

  it("a source without a namespace is sought in the Kustomization's own", () => {
    const text = kustomization({ name: 'x', namespace: 'own', path: '.' }).replace(
      '    namespace: flux-system\n',
      '',
    );
    const [read] = platformOf({ [`${mgmt}/k.yaml`]: text }).kustomizations;
    expect(read).toMatchObject({
      applies: '',
      cluster: undefined,
      source: { namespace: 'own', name: 'main' },
    });
  });

  it('several in one file, in a List, and suspended ones are read', () => {
    const text = [
      kustomization({ name: 'a', path: './x', more: '  suspend: true\n' }),
      gitRepository('main', '{ branch: main }'),
      `apiVersion: v1\nkind: List\nitems:\n- apiVersion: cluster.x-k8s.io/v1beta1\n  kind: Cluster\n  metadata: { name: far }\n- apiVersion: hive.openshift.io/v1\n  kind: ClusterDeployment\n  metadata: { name: hive-one }\n`,
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: tools\n',
      '# nothing\n',
    ].join('---\n');
    const platform = platformOf({ [`${mgmt}/all.yaml`]: text });
    expect(platform.kustomizations).toMatchObject([{ name: 'a', suspended: true }]);
    expect(platform.sources).toHaveLength(1);
    expect(platform.clusters).toEqual(['far', 'hive-one']);
    expect(platform.namespaces).toEqual(['tools']);
    expect(platform.unreadable).toEqual([]);
  });

  it.each([
    ['{ branch: main }', { kind: 'branch', branch: 'main' }],
    ['{ tag: v1, branch: main }', { kind: 'tag', tag: 'v1' }],
    ['{ semver: ">=1.0.0", tag: v1 }', { kind: 'other', text: 'version >=1.0.0' }],
    ['{ commit: 0123456789abcdef, branch: main }', { kind: 'other', text: 'commit 0123456' }],
    ['{ name: refs/heads/x, semver: "1" }', { kind: 'other', text: 'refs/heads/x' }],
    ['{}', { kind: 'branch', branch: 'master' }],
  ])("a source's ref %s is read in Flux's order", (ref, expected) => {
    expect(platformOf({ [`${mgmt}/s.yaml`]: gitRepository('s', ref) }).sources[0]?.ref).toEqual(expected);
  });

  it.each([
    'ssh://git@example.test/sample/platform',
    'https://example.test/sample/platform.git',
    'git@example.test:Sample/platform.git',
    'ssh://git@example.test:22/sample/platform/',
  ])('%s is one and the same repository', (url) => {
    const text = gitRepository('s', '{}').replace(/url: .*/, `url: ${url}`);
    expect(platformOf({ [`${mgmt}/s.yaml`]: text }).sources[0]?.url).toBe('example.test/sample/platform');
  });
});

describe('files that cannot be understood', () => {
  it.each([
    ['broken YAML', 'kind: Kustomization\n  a: b\n c: ]'],
    [
      'a Kustomization without a source',
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: x\nspec:\n  path: ./x\n',
    ],
    ['a path that leaves the repository', kustomization({ name: 'x', path: '../../other' })],
    ['a ref that is no mapping', gitRepository('x', 'main')],
  ])('%s is named, and the rest is read', (_what, text) => {
    const platform = samplePlatform({ [`${mgmt}/bad.yaml`]: text });
    expect(platform.unreadable).toEqual([{ path: `${mgmt}/bad.yaml`, why: expect.any(String) }]);
    expect(platform.kustomizations).toHaveLength(5);
  });

  it('a file whose text was not read is named', () => {
    const files = {
      commit: 'c' as CommitSha,
      defaultBranch: 'main',
      paths: ['x.yaml'],
      texts: new Map<string, string>(),
    };
    expect(readPlatform(files, policyOf()).unreadable).toEqual([
      { path: 'x.yaml', why: 'its text was not read' },
    ]);
  });

  it('of two documents the good one is read', () => {
    const text = `${gitRepository('good', '{ tag: v1 }')}---\nkind: [\n`;
    const platform = platformOf({ [`${mgmt}/two.yaml`]: text });
    expect(platform.sources).toHaveLength(1);
    expect(platform.unreadable).toHaveLength(1);
  });
});

describe('reading again', () => {
  it('sees every change, and is quick where nothing changed', () => {
    const many = (ref: string) =>
      Object.fromEntries([
        [`${mgmt}/s.yaml`, gitRepository('main', ref)],
        ...Array.from({ length: 800 }, (_, index) => [
          `${mgmt}/${index}.yaml`,
          kustomization({ name: `k${index}`, path: `./x/${index}`, cluster: `c${index}` }),
        ]),
      ]);
    const timed = (ref: string) => {
      const began = performance.now();
      return { platform: platformOf(many(ref)), took: () => performance.now() - began };
    };
    const first = timed('{ tag: v1 }');
    const firstTook = first.took();
    const second = timed('{ tag: v2 }');
    expect(second.took()).toBeLessThan(firstTook / 2);
    expect([first, second].map(({ platform }) => platform.sources[0]?.ref)).toEqual([
      { kind: 'tag', tag: 'v1' },
      { kind: 'tag', tag: 'v2' },
    ]);
    expect(second.platform.kustomizations).toEqual(first.platform.kustomizations);
  });
});
