import { configMap, fleet, mgmt } from '../effects/repositories.ts';
import { gitRepository, kustomization, policyOf } from '../samples.ts';
import { checked, found, lines } from './pull.ts';

const shop = 'tenants/aws/prod/shop';

function object(kind: string, apiVersion: string, name: string, more = ''): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n${more}`;
}

function deployment(spec = ''): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
${spec}  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      containers:
        - name: web
          image: registry.example/web:1
`;
}

const secret = (values: string) => object('Secret', 'v1', 'key', `  namespace: shop\n${values}`);
const crd = (scope: string) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.example.com
spec:
  group: example.com
  names: { kind: Widget, plural: widgets }
  scope: ${scope}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              required: [size]
              properties:
                size: { type: integer }
                colour: { type: string, enum: [red, green] }
`;
const widget = (spec: string) =>
  object('Widget', 'example.com/v1', 'one', `  namespace: shop\nspec:\n  ${spec}\n`);

describe.each<{
  what: string;
  path: string;
  good: string;
  bad: string;
  says: string;
  beside?: Readonly<Record<string, string>>;
}>([
  {
    what: 'a file that parses',
    path: 'apps/one.yaml',
    good: configMap('one'),
    bad: `${configMap('one')}other: "a" b\n`,
    says: 'yaml-broken apps/one.yaml:8',
  },
  {
    what: 'a key once',
    path: 'apps/one.yaml',
    good: configMap('one'),
    bad: `${configMap('one')}  value: again\n`,
    says: 'yaml-double-key apps/one.yaml:8',
  },
  {
    what: 'a Kubernetes object where objects are applied',
    path: 'apps/one.yaml',
    good: configMap('one'),
    bad: 'replicas: 3\n',
    says: 'not-an-object apps/one.yaml:1',
  },
  {
    what: 'an object once in what one Kustomization applies',
    path: 'apps/two.yaml',
    good: configMap('two'),
    bad: configMap('one', '2'),
    says: 'double-object apps/two.yaml:4',
    beside: { 'apps/one.yaml': configMap('one') },
  },
  {
    what: 'an object once in a file that nothing applies yet',
    path: 'features/new/both.yaml',
    good: `${configMap('one')}---\n${configMap('two')}`,
    bad: `${configMap('one')}---\n${configMap('one')}`,
    says: 'double-object features/new/both.yaml:12',
  },
  {
    what: 'a value of the kind that its field takes',
    path: 'apps/web.yaml',
    good: deployment('  replicas: 3\n'),
    bad: deployment('  replicas: three\n'),
    says: 'schema apps/web.yaml:7',
  },
  {
    what: 'a field that is spelt right',
    path: 'apps/web.yaml',
    good: deployment('  minReadySeconds: 3\n'),
    bad: deployment('  minReadySecond: 3\n'),
    says: 'schema apps/web.yaml:7',
  },
  {
    what: 'all that a kind requires',
    path: 'apps/web.yaml',
    good: deployment(),
    bad: deployment().replace('        - name: web\n          image', '        - image'),
    says: 'schema apps/web.yaml:14',
  },
  {
    what: 'one of the values that a field takes',
    path: 'apps/svc.yaml',
    good: object('Service', 'v1', 'web', '  namespace: shop\nspec:\n  type: NodePort\n'),
    bad: object('Service', 'v1', 'web', '  namespace: shop\nspec:\n  type: Nodeport\n'),
    says: 'schema apps/svc.yaml:7',
  },
  {
    what: "a field of Flux's own kinds",
    path: `${mgmt}/k2.yaml`,
    good: kustomization({ name: 'k2', path: './apps' }),
    bad: kustomization({ name: 'k2', path: './apps', more: '  intervall: 5m\n' }).replace(
      '  interval: 5m\n',
      '',
    ),
    says: `schema ${mgmt}/k2.yaml:13`,
  },
  {
    what: 'an interval that Flux can read',
    path: `${mgmt}/k2.yaml`,
    good: kustomization({ name: 'k2', path: './apps' }),
    bad: kustomization({ name: 'k2', path: './apps' }).replace('interval: 5m', 'interval: 5 min'),
    says: `schema ${mgmt}/k2.yaml:7`,
  },
  {
    what: 'a quantity that is one',
    path: 'apps/quota.yaml',
    good: object('ResourceQuota', 'v1', 'x', '  namespace: shop\nspec:\n  hard:\n    limits.memory: 5Gi\n'),
    bad: object('ResourceQuota', 'v1', 'x', '  namespace: shop\nspec:\n  hard:\n    limits.memory: 5 GB\n'),
    says: 'schema apps/quota.yaml:8',
  },
  {
    what: "a custom object that fits the repository's own definition",
    path: 'apps/widget.yaml',
    good: widget('size: 3'),
    bad: widget('size: 3\n  colour: blue'),
    says: 'schema apps/widget.yaml:8',
    beside: { 'features/widgets/crd.yaml': crd('Namespaced') },
  },
  {
    what: 'a name that DNS allows',
    path: 'apps/one.yaml',
    good: configMap('one.two-3'),
    bad: configMap('One_two'),
    says: 'name-form apps/one.yaml:4',
  },
  {
    what: "a Service's name, which is one label",
    path: 'apps/svc.yaml',
    good: object('Service', 'v1', 'web-a', '  namespace: shop\nspec: {}\n'),
    bad: object('Service', 'v1', 'web.a', '  namespace: shop\nspec: {}\n'),
    says: 'name-form apps/svc.yaml:4',
  },
  {
    what: "an object in its tenant's namespace",
    path: `${shop}/one.yaml`,
    good: configMap('one'),
    bad: configMap('one', '1', 'other'),
    says: `tenant-namespace ${shop}/one.yaml:5`,
  },
  {
    what: 'an object of a tenant that says its namespace',
    path: `${shop}/one.yaml`,
    good: configMap('one'),
    bad: configMap('one').replace('  namespace: shop\n', ''),
    says: `tenant-namespace ${shop}/one.yaml:3`,
  },
  {
    what: 'a Namespace that is named as its tenant',
    path: `${shop}/namespace.yaml`,
    good: object('Namespace', 'v1', 'shop'),
    bad: object('Namespace', 'v1', 'shop-2'),
    says: `tenant-namespace ${shop}/namespace.yaml:4`,
  },
  {
    what: 'nothing of a tenant beyond its namespace',
    path: `${shop}/role.yaml`,
    good: object('Role', 'rbac.authorization.k8s.io/v1', 'system:x', '  namespace: shop\nrules: []\n'),
    bad: object('ClusterRole', 'rbac.authorization.k8s.io/v1', 'system:x', 'rules: []\n'),
    says: `tenant-cluster-scoped ${shop}/role.yaml:2`,
  },
  {
    what: 'a custom object of a tenant that stands in a namespace by its definition',
    path: `${shop}/widget.yaml`,
    good: configMap('one'),
    bad: widget('size: 3'),
    says: `tenant-cluster-scoped ${shop}/widget.yaml:2`,
    beside: { 'features/widgets/crd.yaml': crd('Cluster') },
  },
  {
    what: 'a folder that is named after what it holds',
    path: 'features/x/non-namespaced/one.yaml',
    good: object('Namespace', 'v1', 'one'),
    bad: configMap('one'),
    says: 'scope-folder features/x/non-namespaced/one.yaml:2',
  },
  {
    what: 'a folder of namespaced objects',
    path: 'features/x/namespaced/one.yaml',
    good: configMap('one'),
    bad: object('Namespace', 'v1', 'one'),
    says: 'scope-folder features/x/namespaced/one.yaml:2',
  },
  {
    what: 'a Secret that is encrypted',
    path: 'apps/key.yaml',
    good: secret('data:\n  a: ENC[AES256_GCM,data:x,type:str]\nsops:\n  version: 3.9.0\n'),
    bad: secret('stringData:\n  a: hunter2\n'),
    says: 'clear-secret apps/key.yaml:7',
  },
  {
    what: 'a Secret of which every value is encrypted',
    path: 'apps/key.yaml',
    good: secret(`stringData:\n  a: ${'$'}{from_elsewhere}\n  b: ""\n`),
    bad: secret('data:\n  a: ENC[AES256_GCM,data:x]\n  b: aHVudGVyMg==\nsops:\n  version: 3.9.0\n'),
    says: 'clear-secret apps/key.yaml:8',
  },
  {
    what: 'a file of any kind without a private key',
    path: 'docs/notes.md',
    good: 'Keys begin with BEGIN PRIVATE KEY.\n',
    bad: 'Here:\n-----BEGIN RSA PRIVATE KEY-----\nMII\n',
    says: 'credential docs/notes.md:2',
  },
  {
    what: 'a file of any kind without a token',
    path: 'hack/run.sh',
    good: 'export TOKEN=$TOKEN AWS=AKIAIOSFODNN7EXAMPLE\n',
    bad: `export TOKEN=ghp_${'a1B2'.repeat(9)}\n`,
    says: 'credential hack/run.sh:1',
  },
  {
    what: 'a dependency that stands there',
    path: `${mgmt}/k2.yaml`,
    good: kustomization({ name: 'k2', path: './apps', more: '  dependsOn:\n    - name: mgmt\n' }),
    bad: kustomization({ name: 'k2', path: './apps', more: '  dependsOn:\n    - name: k3\n' }),
    says: `missing-dependency ${mgmt}/k2.yaml:15`,
  },
  {
    what: 'no Kustomization that waits for itself',
    path: `${mgmt}/k2.yaml`,
    good: kustomization({ name: 'k2', path: './apps', more: '  dependsOn:\n    - name: mgmt\n' }),
    bad: kustomization({ name: 'k2', path: './apps', more: '  dependsOn:\n    - name: k2\n' }),
    says: `dependency-cycle ${mgmt}/k2.yaml:14`,
  },
  {
    what: 'a source that stands there',
    path: `${mgmt}/k2.yaml`,
    good: kustomization({ name: 'k2', path: './apps', source: 'release' }),
    bad: kustomization({ name: 'k2', path: './apps', source: 'releases' }),
    says: `missing-source ${mgmt}/k2.yaml:10`,
  },
  {
    what: 'a path that is there',
    path: `${mgmt}/k2.yaml`,
    good: kustomization({ name: 'k2', path: './apps' }),
    bad: kustomization({ name: 'k2', path: './app' }),
    says: `missing-path ${mgmt}/k2.yaml:8`,
  },
  {
    what: 'a resource that is there',
    path: 'apps/kustomization.yaml',
    good: 'resources:\n  - ../more/one.yaml\n',
    bad: 'namespace: x\nresources:\n  - ../more/two.yaml\n',
    says: 'missing-resource apps/kustomization.yaml:2',
    beside: { 'more/one.yaml': configMap('one') },
  },
  {
    what: 'a policy without mistakes',
    path: '.github/trunkline.yaml',
    good: 'layout:\n  shared: common\n',
    bad: 'layout:\n  shred: common\n',
    says: 'policy-mistake .github/trunkline.yaml:2',
  },
])('$what', ({ path, good, bad, says, beside = {} }) => {
  it('is let pass', () => {
    expect(found({ ...beside, [path]: good }, beside).filter((each) => each.includes(path))).toEqual([]);
  });

  it('is told of where it is not so, and only told of where it was so before', () => {
    const expected = [says];
    const told = found({ [path]: bad }, beside);
    expect(told).toEqual(expected);
    const standing = { ...beside, [path]: bad };
    const touched = path.endsWith('.yaml') ? `${bad}\n# touched\n` : `${bad}\ntouched\n`;
    expect(found({ [path]: touched }, standing)).toEqual(expected.map((each) => `old ${each}`));
  });
});

describe('where files belong', () => {
  it.each([
    ['odd/one.yaml', 'misplaced'],
    ['tenants/aws/prod/one.yaml', 'misplaced'],
    ['features/one.yaml', 'misplaced'],
    ['providers/aws/one.yaml', 'misplaced'],
    ['providers/aws/v1/clusters/prod/one.yaml', 'misplaced'],
    ['tenants/gcp/prod/shop/one.yaml', 'unknown-place'],
    ['tenants/aws/stage/shop/one.yaml', 'unknown-place'],
  ])('%s is %s', (path, code) => {
    expect(found({ [path]: configMap('one') })).toEqual([`${code} ${path}:1`]);
  });

  it.each([
    '.github/workflows/run.yaml',
    'apps/deep/down/one.yaml',
    'tenants/aws/common/shop/one.yaml',
    'providers/aws/v1/clusters/prod/west/one.yaml',
  ])('%s is in order', (path) => {
    expect(found({ [path]: configMap('one') })).toEqual([]);
  });

  it('is what the policy says', () => {
    const policy = policyOf('conventions:\n  folders: [odd]\n');
    expect(found({ 'odd/one.yaml': configMap('one') }, {}, policy)).toEqual([]);
  });

  it('is not asked of files that hold no object', () => {
    expect(found({ 'odd/values.yaml': 'replicas: 3\n' })).toEqual([]);
  });
});

describe('what a pull request breaks elsewhere', () => {
  it('is told where it stands', () => {
    const before = fleet({ 'more/one.yaml': configMap('one') }, { path: './more' });
    const after = Object.fromEntries(Object.entries(before).filter(([path]) => !path.startsWith('more/')));
    expect(lines(checked(before, after).findings)).toEqual([`missing-path ${mgmt}/k.yaml:8`]);
  });

  it('is not counted as new where it was broken before', () => {
    const before = fleet({ 'apps/one.yaml': configMap('one') }, { path: './gone' });
    const after = { ...before, 'tenants/aws/common/shop/two.yaml': configMap('two') };
    expect(lines(checked(before, after).findings)).toEqual([`old missing-path ${mgmt}/k.yaml:8`]);
  });

  it('is not new in a file that only moved', () => {
    const before = { 'apps/one.yaml': configMap('One') };
    const after = { 'apps/two.yaml': configMap('One') };
    const told = checked(fleet(before), fleet(after));
    expect(lines(told.findings)).toEqual(['old name-form apps/two.yaml:4']);
  });

  it('counts a second of a kind as new', () => {
    const one = configMap('One').replace('\ndata:\n', '\ndata:\n  other: 3\n');
    const before = { 'apps/one.yaml': one };
    const after = { 'apps/one.yaml': `${one.replace('value: "1"', 'value: 1')}` };
    expect(found(after, before)).toEqual([
      'schema apps/one.yaml:8',
      'old name-form apps/one.yaml:4',
      'old schema apps/one.yaml:7',
    ]);
  });

  it('tells a source of one management cluster from that of another', () => {
    const other = 'providers/gcp/v1/mgmt/flux-system';
    const files = {
      [`${other}/k.yaml`]: kustomization({ name: 'k', path: './apps', source: 'release' }),
    };
    expect(found(files)).toEqual([`missing-source ${other}/k.yaml:10`]);
    const whole = { ...files, [`${other}/release.yaml`]: gitRepository('release', '{ tag: v1 }') };
    expect(found(whole)).toEqual([]);
  });
});

describe('what an overlay alters', () => {
  const overlay = `namespace: shop\nresources: [web.yaml]\npatches: [{ path: more.yaml }, { path: list.yaml, target: { kind: Deployment } }]\n`;
  const whole = deployment().replace('  namespace: shop\n', '');
  const patch = object('Deployment', 'apps/v1', 'web', 'spec:\n  replicas: 3\n  $patch: merge\n');
  const list = '- op: replace\n  path: /spec/replicas\n  value: 3\n';

  it.each(['apps', shop, 'features/new/overlay'])('need not say all, in %s', (folder) => {
    const files = {
      [`${folder}/kustomization.yaml`]: overlay,
      [`${folder}/web.yaml`]: whole,
      [`${folder}/more.yaml`]: patch,
      [`${folder}/list.yaml`]: list,
    };
    expect(found(files)).toEqual([]);
  });

  it('is checked for what it does say', () => {
    const files = {
      'apps/kustomization.yaml': overlay,
      'apps/web.yaml': whole.replace('  selector:\n    matchLabels: { app: web }\n', ''),
      'apps/more.yaml': patch.replace('replicas: 3', 'replicas: three'),
      'apps/list.yaml': list,
    };
    expect(found(files)).toEqual(['schema apps/more.yaml:6', 'schema apps/web.yaml:5']);
  });
});

describe('a file that nobody would write', () => {
  it.each([
    ['brackets', '['.repeat(250_000)],
    ['dashes', `${'- '.repeat(100_000)}a`],
    [
      'aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
        .split('')
        .map((at, n) => `${at}: &${at} [${`*${'abcdefghi'[n]},`.repeat(9)}x]`)
        .join('\n')}\n`,
    ],
    ['an alias of nothing', 'a: *b\n'],
  ])('is told as unreadable, and takes no time: %s', (_what, text) => {
    const from = performance.now();
    expect(found({ 'apps/one.yaml': text })[0]).toMatch(/^yaml-broken apps\/one\.yaml:1$/);
    expect(performance.now() - from).toBeLessThan(1_000);
  });
});

describe('what is left alone', () => {
  const template = '{{- if .Values.on }}\nkind: X\n{{- end }}\n';

  it("is a chart's templates, which are no YAML yet", () => {
    const chart = { 'charts/x/Chart.yaml': 'name: x\n', 'charts/x/templates/a/one.yaml': template };
    expect(found(chart)).toEqual([]);
    expect(found({ 'charts/y/templates/one.yaml': template })).not.toEqual([]);
  });

  it('is what the policy says', () => {
    const policy = policyOf('conventions:\n  ignore: [samples]\n');
    expect(found({ 'samples/one.yaml': template }, {}, policy)).toEqual([]);
  });
});

describe('a field that nobody knows', () => {
  it('is told and fails nothing, for it may be newer than what is known', () => {
    const [finding] = checked(fleet(), {
      ...fleet(),
      'apps/web.yaml': deployment('  sparkles: 3\n'),
    }).findings;
    expect(finding?.problem).toMatchObject({ code: 'schema', why: { kind: 'unknown', near: undefined } });
  });
});
