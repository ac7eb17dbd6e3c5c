/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates are what this is about */
import fc from 'fast-check';
import { parse } from 'yaml';
import { checkRequest, type FormValues } from '../../../src/domain/check-request.ts';
import { isRelevantPath } from '../../../src/domain/read-platform.ts';
import { readTemplates } from '../../../src/domain/templates/read-templates.ts';
import { renderTemplate } from '../../../src/domain/templates/render-template.ts';
import {
  type TemplateValue,
  templatesFolder,
  type Variable,
} from '../../../src/domain/templates/template.ts';
import { tenantFiles } from '../../../src/domain/tenant.ts';
import { refusalText } from '../../../src/views/refusal-text.ts';
import { formOf, hostileTexts, policyOf, samplePlatform } from '../samples.ts';

const NAMESPACE = `# The platform's own.
apiVersion: v1
kind: Namespace
metadata:
  name: \${name}
  labels: \${labels}
  annotations:
    owner: \${owner}   # who
    cluster: "\${cluster_name}"
    kept: $\${name}
`;
const object = (more: string, kind = 'ConfigMap') =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: x\n  namespace: \${name}\n${more}`;

function read(files: Readonly<Record<string, string>>) {
  const texts = new Map(Object.entries(files).map(([path, text]) => [`${templatesFolder}/${path}`, text]));
  return readTemplates({ paths: [...texts.keys()], texts });
}

function problemsOf(path: string, text: string) {
  const problems = read({ 'base/ok.yaml': NAMESPACE, [path]: text })?.problems ?? [];
  return problems.map(({ line, message }) => `${line}: ${message}`);
}

function templateOf(text: string, path = 'base/x.yaml') {
  const set = read({ 'base/ok.yaml': NAMESPACE, [path]: text });
  const template = set?.templates.find((each) => each.path.endsWith(path));
  if (!template || set?.problems.length !== 0) throw new Error(JSON.stringify(set?.problems));
  return template;
}

function render(text: string, values: readonly (readonly [Variable, TemplateValue])[], path?: string) {
  return renderTemplate(templateOf(text, path), new Map(values)).content;
}

describe('a platform without templates of its own', () => {
  it('has the built-in set', () => expect(read({})).toBeUndefined());
});

describe('templates, as they are read', () => {
  it('are fetched with the platform', () => {
    expect(isRelevantPath(`${templatesFolder}/base/a.yaml`, policyOf())).toBe(true);
    expect(isRelevantPath('.github/workflows/a.yaml', policyOf())).toBe(false);
  });

  it.each<[string, string, string, readonly string[]]>([
    ['does not parse', 'base/a.yaml', 'a: [', ['1: Flow sequence']],
    ['is no object', 'base/a.yaml', '\n\nhello: you\n', ['3: is no Kubernetes object']],
    ['is another tenant’s', 'base/a.yaml', object('').replace('${name}', 'other'), ['1: has to say ${name}']],
    [
      'is nobody’s',
      'base/a.yaml',
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: fixed\n',
      ['1: has to say ${name} as metadata.name'],
    ],
    [
      'names what has no meaning there',
      'base/a.yaml',
      object('data:\n  a: ${port}\n'),
      ['7: ${port} has no meaning in base'],
    ],
    [
      'names an environment in common files',
      'ingress/a.yaml',
      object('data:\n  a: x-${environment}\n'),
      ['7: ${environment} has no'],
    ],
    [
      'has a structure in a text',
      'base/a.yaml',
      object('data:\n  a: x ${labels}\n'),
      ['7: ${labels} is more than a text'],
    ],
    [
      'has a structure in quotes',
      'base/a.yaml',
      object('data:\n  a: "${labels}"\n'),
      ['7: ${labels} is more than a text'],
    ],
    [
      'has a variable as a key',
      'base/a.yaml',
      object('data:\n  ${name}: x\n'),
      ['7: ${name} cannot be a key'],
    ],
    ['stands in an unknown folder', 'other/a.yaml', object(''), ['1: stands in none of the folders']],
    ['stands in no folder', 'a.yaml', object(''), ['1: stands in none of the folders']],
    ['holds nothing', 'base/a.yaml', '', ['1: holds nothing']],
    ['has a port in its name', 'base/a-${port}.yaml', object(''), ['1: ${port} cannot stand in the name']],
    [
      'has a mistake in its second document',
      'base/a.yaml',
      `${object('')}---\nx: 1\n`,
      ['7: is no Kubernetes object'],
    ],
  ])('tell file and line of one that %s', (_what, path, text, expected) => {
    const problems = problemsOf(path, text);
    expect(problems).toEqual(expected.map((each) => expect.stringContaining(each)));
  });

  it('are a mistake where none of them is common to all', () => {
    expect(read({ 'port/a.yaml': object('') })?.problems).toEqual([
      expect.objectContaining({ message: expect.stringContaining('/base') }),
    ]);
  });

  it('make no request possible while they have mistakes, and the refusal names the place', () => {
    const platform = samplePlatform({ [`${templatesFolder}/base/a.yaml`]: 'a: [' });
    const checked = checkRequest(formOf(), { policy: policyOf(), platform, openRequests: [] });
    if (checked.kind !== 'refused') throw new Error('it was taken');
    expect(checked.refusals.map(refusalText).join()).toContain(
      '.github/trunkline/tenant/base/a.yaml, line 1',
    );
  });
});

describe('a template that is filled in', () => {
  it('stays byte for byte what it is but for its own variables; Flux’s stay', () => {
    const values = [
      ['name', 'shop'],
      ['labels', { cost: 'c-1' }],
      ['owner', 'Team: Shop'],
    ] as const;
    expect(render(NAMESPACE, values)).toBe(`# The platform's own.
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    cost: c-1
  annotations:
    owner: "Team: Shop"   # who
    cluster: "\${cluster_name}"
    kept: $\${name}
`);
  });

  it('keeps the type of what stands alone, and makes a text of what stands in quotes', () => {
    const text = object(
      'a: ${port}\nb: "${port}"\nc: tcp-${port}\nd: ${sources}\ne: { f: "${port}" }\ng: ["${port}"]\n',
    );
    const values = [
      ['name', 'shop'],
      ['port', 8080],
      ['sources', [{ x: 1 }]],
    ] as const;
    expect(parse(render(text, values, 'port/x.yaml'))).toMatchObject({
      a: 8080,
      b: '8080',
      c: 'tcp-8080',
      d: [{ x: 1 }],
      e: { f: '8080' },
      g: ['8080'],
    });
  });

  it('holds every text as mere text, wherever it stands', () => {
    const text = object(
      'data:\n  a: ${purpose}\n  b: "<${purpose}>"\n  c: \'${purpose}\'\n  d: ["${purpose}", x]\n  e: |\n    before\n    ${purpose}\n',
    );
    const template = templateOf(text);
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...hostileTexts, '8080', 'yes', '~', '${name}'),
    );
    fc.assert(
      fc.property(
        texts.map((each) => each.slice(0, 300).toWellFormed()),
        (purpose) => {
          const values = new Map<Variable, TemplateValue>([
            ['name', 'shop'],
            ['purpose', purpose],
          ]);
          const { data } = parse(renderTemplate(template, values).content);
          expect(data).toEqual({
            a: purpose,
            b: `<${purpose}>`,
            c: purpose,
            d: [purpose, 'x'],
            e: `before\n${purpose}\n`,
          });
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('the files of a tenant', () => {
  const set = {
    'base/namespace.yaml': NAMESPACE,
    'base/quota.yaml': object('spec:\n  hard:\n    requests.cpu: ${requestsCpu}\n', 'ResourceQuota'),
    'same-namespace/allow.yaml': object('', 'NetworkPolicy'),
    'ingress/allow-ingress.yaml': object('', 'NetworkPolicy'),
    'port/allow-${port}.yaml': object('from: ${sources}\n', 'NetworkPolicy'),
    'environment/binding-${level}.yaml': object('subjects: ${subjects}\n', 'RoleBinding'),
  };
  const platform = samplePlatform(
    Object.fromEntries(Object.entries(set).map(([path, text]) => [`${templatesFolder}/${path}`, text])),
  );
  const filesOf = (values: Partial<FormValues>) => {
    const checked = checkRequest(formOf(values), { policy: policyOf(), platform, openRequests: [] });
    if (checked.kind === 'refused') throw new Error(JSON.stringify(checked.refusals));
    return tenantFiles(checked.request, policyOf(), platform);
  };

  it('come from the platform’s own templates where it has some, and from nothing else', () => {
    const files = filesOf({ ports: '8080 from anywhere\n9000 from namespace a' });
    expect(files.map(({ path }) => path)).toEqual([
      'tenants/aws/common/sample/namespace.yaml',
      'tenants/aws/common/sample/quota.yaml',
      'tenants/aws/common/sample/allow.yaml',
      'tenants/aws/common/sample/allow-ingress.yaml',
      'tenants/aws/common/sample/allow-8080.yaml',
      'tenants/aws/common/sample/allow-9000.yaml',
      'tenants/aws/non-prod/sample/binding-admin.yaml',
      'tenants/aws/prod/sample/binding-reader.yaml',
    ]);
    expect(files[1]?.what).toEqual({ kind: 'template', holds: 'ResourceQuota x', isOfEnvironment: false });
    for (const { content } of files) expect(content).not.toMatch(/(?<!\$)\$\{(?!cluster_name)/);
  });

  it('leave out what was not asked for', () => {
    const paths = filesOf({ reach: [], environments: ['prod'] }).map(({ path }) => path);
    expect(paths).toEqual([
      'tenants/aws/prod/sample/namespace.yaml',
      'tenants/aws/prod/sample/quota.yaml',
      'tenants/aws/prod/sample/binding-reader.yaml',
    ]);
  });
});
