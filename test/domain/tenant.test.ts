import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { RoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { LimitRange } from 'kubernetes-models/v1/LimitRange';
import { Namespace } from 'kubernetes-models/v1/Namespace';
import { ResourceQuota } from 'kubernetes-models/v1/ResourceQuota';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { parse, parseAllDocuments } from 'yaml';
import { type CheckedRequest, checkRequest, type FormValues } from '../../src/domain/check-request.ts';
import type { Platform } from '../../src/domain/platform.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { type TenantFile, tenantFiles } from '../../src/domain/tenant.ts';
import { formOf, hostileTexts, policyOf, samplePlatform } from './samples.ts';

function requestOf(values: Partial<FormValues>, policy: Policy, platform: Platform): CheckedRequest {
  const checked = checkRequest(formOf(values), { policy, platform, openRequests: [] });
  if (checked.kind === 'refused') throw new Error(JSON.stringify(checked.refusals));
  return checked.request;
}

function filesOf(values: Partial<FormValues> = {}, policy = policyOf(), platform = samplePlatform()) {
  return tenantFiles(requestOf(values, policy, platform), policy, platform);
}

const paths = (files: readonly TenantFile[]) => files.map(({ path }) => path).sort();
const base = [
  'limitrange-default',
  'namespace',
  'networkpolicy-allow-ingress',
  'networkpolicy-allow-same-namespace',
  'networkpolicy-deny-default',
  'resourcequota-compute',
  'resourcequota-objects',
  'serviceaccount-sample',
];
const below = (folder: string, files: readonly string[]) =>
  files.map((file) => `tenants/${folder}/sample/${file}.yaml`);

describe('where the files go', () => {
  it('all environments share what is common, and each binds its role', () => {
    expect(paths(filesOf())).toEqual([
      ...below('aws/common', base),
      ...below('aws/non-prod', ['rolebinding-admin']),
      ...below('aws/prod', ['rolebinding-reader']),
    ]);
  });

  it('one environment has everything under itself', () => {
    expect(paths(filesOf({ environments: ['prod'] }))).toEqual(
      below('aws/prod', [...base, 'rolebinding-reader'].sort()),
    );
  });

  it('the only environment of a cloud has everything under itself too', () => {
    const platform = samplePlatform({ 'tenants/azure/dev/x/y.yaml': '' });
    const files = filesOf({ clouds: ['azure'], environments: ['dev'] }, policyOf(), platform);
    expect(paths(files).every((path) => path.startsWith('tenants/azure/dev/sample/'))).toBe(true);
  });

  it('two of three environments have everything under themselves, so that the third gets nothing', () => {
    const platform = samplePlatform({
      'tenants/aws/dev/x/y.yaml': '',
      'providers/aws/v1/clusters/dev/three/x.yaml': '',
    });
    const files = paths(filesOf({ environments: ['dev', 'prod'] }, policyOf(), platform));
    expect(files).toEqual([
      ...below('aws/dev', [...base, 'rolebinding-reader'].sort()),
      ...below('aws/prod', [...base, 'rolebinding-reader'].sort()),
    ]);
  });

  it('a tenant in the shared folder gets the new role binding only', () => {
    const platform = samplePlatform({
      'tenants/aws/common/sample/namespace.yaml': '',
      'tenants/aws/non-prod/sample/rolebinding-admin.yaml': '',
    });
    expect(paths(filesOf({ environments: ['prod'] }, policyOf(), platform))).toEqual(
      below('aws/prod', ['rolebinding-reader']),
    );
  });

  it('a tenant under one environment gets everything under the new one, and nothing shared', () => {
    const platform = samplePlatform({ 'tenants/aws/non-prod/sample/namespace.yaml': '' });
    const files = paths(filesOf({ environments: ['prod'] }, policyOf(), platform));
    expect(files).toEqual(below('aws/prod', [...base, 'rolebinding-reader'].sort()));
  });

  it('each cloud is looked at by itself', () => {
    const platform = samplePlatform({
      'tenants/aws/common/sample/namespace.yaml': '',
      'providers/azure/v1/clusters/non-prod/a/x.yaml': '',
      'providers/azure/v1/clusters/prod/b/x.yaml': '',
    });
    const files = paths(filesOf({ clouds: ['azure', 'aws'] }, policyOf(), platform));
    expect(files.filter((path) => path.startsWith('tenants/aws/'))).toHaveLength(2);
    expect(files.filter((path) => path.startsWith('tenants/azure/common/'))).toHaveLength(8);
    expect(files).toHaveLength(12);
  });

  it('no path twice, none outside the tenant, whatever is asked for', () => {
    const platform = samplePlatform({
      'tenants/azure/dev/x/y.yaml': '',
      'tenants/aws/common/old/namespace.yaml': '',
    });
    const places = fc.record({
      name: fc.constantFrom('sample', 'old', 'new'),
      clouds: fc.subarray(['aws'], { minLength: 1 }),
      environments: fc.subarray(['non-prod', 'prod'], { minLength: 1 }),
    });
    fc.assert(
      fc.property(places, (where) => {
        const all = paths(filesOf(where, policyOf(), platform));
        expect(new Set(all).size).toBe(all.length);
        expect(
          all.every((path) =>
            /^tenants\/aws\/(common|non-prod|prod)\/(sample|old|new)\/[a-z0-9-]+\.yaml$/.test(path),
          ),
        ).toBe(true);
      }),
    );
  });
});

describe('what the files hold', () => {
  const content = (files: readonly TenantFile[], name: string) =>
    files.find(({ path }) => path.endsWith(`/${name}.yaml`))?.content;

  it('is, for a tenant with all there is, what the golden files hold', () => {
    const policy = policyOf(`
access: { groups: [{ name: "team:sample" }] }
labels: [{ key: example.com/cost-centre, title: Cost centre }]
annotations: { owner: example.com/owner, contact: example.com/contact, purpose: example.com/purpose }
`);
    const files = filesOf(
      {
        size: 'own',
        requestsMemory: '1.5Gi',
        limitsMemory: '2Gi',
        requestsCpu: '1',
        limitsCpu: '2',
        groups: { prod: ['team:sample'] },
        labels: { 'example.com/cost-centre': '0042' },
        ports:
          '8080 from namespace monitoring\n8080 from 10.0.0.0/8\n9000 from anywhere\n9000 from namespace x',
        purpose: 'Line one: "quoted".\n\n- line two #3',
      },
      policy,
    );
    const golden = readFileSync(new URL('golden/sample-tenant.golden.txt', import.meta.url), 'utf8');
    expect(files.map(({ path, content: text }) => `=== ${path}\n${text}`).join('')).toBe(golden);
  });

  it('leaves out what was not ticked', () => {
    const files = filesOf({ reach: [] });
    expect(content(files, 'networkpolicy-allow-same-namespace')).toBeUndefined();
    expect(content(files, 'networkpolicy-allow-ingress')).toBeUndefined();
    expect(content(files, 'networkpolicy-deny-default')).toContain('ingress: []');
  });

  it('has the name and nothing else about a namespace unless the policy asks for more', () => {
    expect(content(filesOf(), 'namespace')).toBe(
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: sample\n',
    );
  });

  it("has the policy's figures", () => {
    const policy = policyOf(
      'objects: { pods: 5, requests.storage: 10Gi }\ncontainers: { limits: { cpu: 200m } }\ningress: { selector: { team: edge } }\n',
    );
    const files = filesOf({ size: 'medium' }, policy);
    expect(parse(content(files, 'resourcequota-objects') ?? '').spec.hard).toEqual({
      pods: 5,
      'requests.storage': '10Gi',
    });
    expect(parse(content(files, 'limitrange-default') ?? '').spec.limits[0].default).toEqual({
      cpu: '200m',
      memory: '100Mi',
    });
    expect(parse(content(files, 'resourcequota-compute') ?? '').spec.hard['limits.cpu']).toBe('5000m');
    expect(content(files, 'networkpolicy-allow-ingress')).toContain('team: edge');
  });

  const models = { Namespace, LimitRange, ResourceQuota, ServiceAccount, NetworkPolicy, RoleBinding };

  it('parses, passes the schemas of Kubernetes, and holds only what went in', () => {
    const policy = policyOf(`
labels: [{ key: example.com/cost-centre, title: Cost centre, required: false }]
annotations: { owner: example.com/owner, contact: example.com/contact, purpose: example.com/purpose }
`);
    const text = fc.oneof(
      fc.constantFrom(...hostileTexts.map((hostile) => `x ${hostile}`.slice(0, 70))),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
    );
    const ports = fc.array(
      fc.tuple(
        fc.integer({ min: 1, max: 65_535 }),
        fc.constantFrom('anywhere', 'namespace a', 'namespace 1e3', '10.0.0.0/8', 'fd00::/8'),
      ),
      { maxLength: 6 },
    );
    const figures = fc.constantFrom('1', '1e0', '0.5', '750m', '2', '1.25');
    const asked = fc.record({
      owner: text,
      contact: text,
      purpose: text,
      ports,
      figures,
      name: fc.constantFrom(
        'null',
        'true',
        '1e3',
        '0x1f',
        'yes',
        'on',
        'n',
        '0o7',
        '007',
        '1-1',
        'sample',
        '123',
      ),
    });
    fc.assert(
      fc.property(asked, (typed) => {
        const lines = typed.ports.map(([port, from]) => `${port} from ${from}`).join('\n');
        const own = {
          size: 'own',
          requestsCpu: typed.figures,
          limitsCpu: typed.figures,
          requestsMemory: '1Gi',
          limitsMemory: '1Gi',
        };
        const form = formOf({ ...typed, ...own, ports: lines });
        const checked = checkRequest(form, { policy, platform: samplePlatform(), openRequests: [] });
        if (checked.kind === 'refused') return;
        for (const file of tenantFiles(checked.request, policy, samplePlatform()))
          expectSound(file, checked.request);
      }),
      { numRuns: 30 },
    );
  });

  function expectSound(file: TenantFile, request: CheckedRequest): void {
    const documents = parseAllDocuments(file.content);
    if (!Array.isArray(documents) || documents.length !== 1) throw new Error('not one document');
    const [document] = documents;
    expect(document?.errors).toEqual([]);
    const object = document?.toJS();
    expect(parse(file.content, { version: '1.1' })).toEqual(object);
    const kind = object.kind as keyof typeof models;
    // The schemas refuse a null that the API server takes; the platform's own files have it.
    if (object.spec?.podSelector === null) object.spec.podSelector = {};
    new (models[kind] as new (data: unknown) => { validate(): void })(object).validate();
    expect(object.metadata.namespace ?? object.metadata.name).toBe(request.name);
    expect(file.content).not.toMatch(/[&*][a-z]\d/);
    if (kind !== 'Namespace') return;
    expect(object.metadata.annotations).toEqual({
      'example.com/owner': request.owner,
      'example.com/contact': request.contact,
      'example.com/purpose': request.purpose,
    });
    expect(Object.keys(object)).toEqual(['apiVersion', 'kind', 'metadata']);
  }
});
