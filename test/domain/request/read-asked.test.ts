import fc from 'fast-check';
import { checkRequest, type FormValues } from '../../../src/domain/check-request.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import { changedFields } from '../../../src/domain/request/changed-fields.ts';
import { readAsked } from '../../../src/domain/request/read-asked.ts';
import { tenantFiles } from '../../../src/domain/tenant.ts';
import { formOf, policyOf, samplePlatform } from '../samples.ts';

const platform = samplePlatform();

function written(values: Partial<FormValues>, policy: Policy) {
  const checked = checkRequest(formOf(values), { policy, platform, openRequests: [] });
  if (checked.kind === 'refused') throw new Error(JSON.stringify(checked.refusals));
  return tenantFiles(checked.request, policy, platform);
}

function readBack(values: Partial<FormValues>, policy = policyOf()) {
  const files = new Map(written(values, policy).map(({ path, content }) => [path, content]));
  const { owner, contact, purpose } = formOf(values);
  const words = { owner, contact, purpose };
  return readAsked({ name: 'sample', files, brought: new Set(files.keys()), words }, policy);
}

const rich = policyOf(`
annotations: { owner: example.test/owner, contact: example.test/contact, purpose: example.test/purpose }
labels: [{ key: cost, title: Cost, required: false }]
access: { groups: [{ name: devs }, { name: ops }] }
`);

describe('what a request asks for, read back from its branch', () => {
  it('is what was asked, for all that the form knows', () => {
    const asked = formOf({
      size: 'own',
      requestsMemory: '1Gi',
      limitsMemory: '2Gi',
      requestsCpu: '500m',
      limitsCpu: '1',
      access: { 'non-prod': 'reader', prod: 'reader' },
      groups: { prod: ['devs', 'ops'] },
      reach: ['ingress'],
      ports: '9000 from anywhere\n8080 from namespace monitoring\n5432 from 10.0.0.0/8',
      labels: { cost: 'c-1' },
    });
    const read = readBack(asked, rich);
    expect(changedFields(asked, read, rich)).toEqual([]);
  });

  it('takes words from the annotations before those of the text', () => {
    const files = new Map(written({}, rich).map(({ path, content }) => [path, content]));
    const words = { owner: 'other', contact: 'other', purpose: 'other' };
    const read = readAsked({ name: 'sample', files, brought: new Set(files.keys()), words }, rich);
    expect(read).toMatchObject({
      owner: 'Team Sample',
      contact: '#team-sample',
      purpose: 'To try things out.',
    });
  });

  it('calls figures by the size that has them, however they are written', () => {
    const policy = policyOf();
    const files = new Map(written({ size: 'medium' }, policy).map(({ path, content }) => [path, content]));
    const path = 'tenants/aws/common/sample/resourcequota-compute.yaml';
    const { limitsCpu } = policy.sizes.named['medium'] ?? { limitsCpu: '' };
    const thousandths = `${Number.parseInt(limitsCpu, 10) * (limitsCpu.endsWith('m') ? 1 : 1000)}m`;
    files.set(
      path,
      (files.get(path) ?? '').replace(`limits.cpu: ${limitsCpu}`, `limits.cpu: ${thousandths}`),
    );
    const words = { owner: '', contact: '', purpose: '' };
    expect(readAsked({ name: 'sample', files, brought: new Set(), words }, policy).size).toBe('medium');
  });

  it('counts as asked only the places that the request brings', () => {
    const files = new Map(written({}, policyOf()).map(({ path, content }) => [path, content]));
    const brought = new Set([...files.keys()].filter((path) => path.includes('/prod/')));
    const words = { owner: '', contact: '', purpose: '' };
    const read = readAsked({ name: 'sample', files, brought, words }, policyOf());
    expect(read).toMatchObject({ clouds: ['aws'], environments: ['prod'], size: 'small' });
  });

  it.each([
    ['nothing', ''],
    ['no YAML', '{{'],
    ['no object', '- 1'],
    ['an object without a name', 'kind: ResourceQuota'],
    ['a list that never ends', '&a [*a]'],
  ])('survives a file that holds %s', (_what, text) => {
    const path = 'tenants/aws/prod/sample/x.yaml';
    const words = { owner: 'a', contact: 'b', purpose: 'c' };
    const read = readAsked(
      { name: 'sample', files: new Map([[path, text]]), brought: new Set([path]), words },
      policyOf(),
    );
    expect(read).toMatchObject({ environments: ['prod'], ports: '', reach: [], owner: 'a' });
  });

  it('writes the same files again, whatever was asked', () => {
    const port = fc.integer({ min: 1, max: 65_535 });
    const source = fc.constantFrom('anywhere', 'namespace monitoring', '10.0.0.0/8', '2001:db8::/32');
    const values = fc.record({
      environments: fc.subarray(['non-prod', 'prod'], { minLength: 1 }),
      size: fc.constantFrom('small', 'medium'),
      reach: fc.subarray(['same-namespace', 'ingress'] as const),
      ports: fc
        .array(fc.tuple(port, source), { maxLength: 5 })
        .map((rows) => rows.map(([number, from]) => `${number} from ${from}`).join('\n')),
      groups: fc.record({ prod: fc.subarray(['devs', 'ops']) }),
    });
    fc.assert(
      fc.property(values, (asked) => {
        const again = readBack(asked, rich);
        const policies = (files: ReturnType<typeof written>) =>
          new Map(files.map(({ path, content }) => [path, content.split('\n').sort().join('\n')]));
        expect(policies(written(again, rich))).toEqual(policies(written(asked, rich)));
      }),
      { numRuns: 60 },
    );
  });
});
