import fc from 'fast-check';
import { checkRequest, type FormValues, formValuesSchema } from '../../src/domain/check-request.ts';
import { firstValues } from '../../src/domain/form/first-values.ts';
import { packFormValues, unpackFormValues } from '../../src/domain/form/values.ts';
import { formOf, hostileTexts, policyOf, samplePlatform } from './samples.ts';

const policy = policyOf(`
access:
  groups:
  - name: team-sample
labels:
- key: example.com/cost-centre
  title: Cost centre
  pattern: "[0-9]{4}"
  hint: Four digits.
- key: tier
  title: Tier
  required: false
  options: [gold, silver]
`);
const labels = { 'example.com/cost-centre': '1234' };
const standing = samplePlatform({
  'tenants/aws/common/both/namespace.yaml': '',
  'tenants/aws/non-prod/both/rolebinding-admin.yaml': '',
  'tenants/aws/prod/both/rolebinding-reader.yaml': '',
  'tenants/aws/non-prod/half/namespace.yaml': '',
});

function check(values: Partial<FormValues> = {}, facts: Partial<Parameters<typeof checkRequest>[1]> = {}) {
  return checkRequest(formOf({ labels, ...values }), {
    policy,
    platform: standing,
    openRequests: [],
    ...facts,
  });
}

function refusals(values: Partial<FormValues>, facts: Partial<Parameters<typeof checkRequest>[1]> = {}) {
  const checked = check(values, facts);
  return checked.kind === 'ok' ? [] : checked.refusals.map(({ field, code }) => `${field}: ${code}`);
}

describe('a request that can be taken', () => {
  it('comes out as it was meant', () => {
    expect(
      check({
        name: ' sample ',
        environments: ['prod', 'non-prod', 'prod'],
        access: { prod: 'admin', elsewhere: 'nonsense' },
        groups: { prod: ['team-sample'] },
        owner: ' Team\tSample \u202E',
        purpose: 'One.\r\n\r\n\r\nTwo.  ',
        ports:
          '8080/tcp FROM namespace monitoring\n\n5432 from 10.0.0.0/8\n8080 from namespace monitoring\n9000 from anywhere',
        labels: { ...labels, other: 'x' },
      }),
    ).toEqual({
      kind: 'ok',
      adds: [],
      unknown: [],
      request: {
        name: 'sample',
        clouds: ['aws'],
        environments: ['non-prod', 'prod'],
        size: { kind: 'named', name: 'small' },
        access: [
          { environment: 'non-prod', level: 'admin', groups: [] },
          { environment: 'prod', level: 'admin', groups: ['team-sample'] },
        ],
        owner: 'Team Sample',
        contact: '#team-sample',
        reach: {
          sameNamespace: true,
          ingress: true,
          ports: [
            { port: 8080, from: { kind: 'namespace', name: 'monitoring' } },
            { port: 5432, from: { kind: 'cidr', cidr: '10.0.0.0/8' } },
            { port: 9000, from: { kind: 'anywhere' } },
          ],
        },
        labels,
        purpose: 'One.\n\nTwo.',
      },
    });
  });

  it.each([
    [
      'Team 👩‍👩‍👧‍👦 🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
      'Team 👩‍👩‍👧‍👦 🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
    ],
    ['Team\u{E0041}\u{E0042} A', 'Team A'],
    ['\u202ETeam\u2066 A\u200B\u0007', 'Team A'],
    ['Team\nA\u2028B', 'Team A B'],
    ['e\u0301', 'é'],
    ['\uD800x', '\uFFFDx'],
  ])('has words without what cannot be seen: %j', (typed, kept) => {
    expect(check({ owner: typed })).toMatchObject({ request: { owner: kept } });
  });

  it('may ask for own figures', () => {
    const own = {
      size: 'own',
      requestsMemory: '1.5Gi',
      limitsMemory: ' 2Gi',
      requestsCpu: '500m',
      limitsCpu: '1',
    };
    expect(check(own)).toMatchObject({
      request: { size: { kind: 'own', compute: { limitsMemory: '2Gi', limitsCpu: '1' } } },
    });
  });

  it('may add to a tenant that stands elsewhere', () => {
    expect(check({ name: 'half', environments: ['prod'] })).toMatchObject({
      kind: 'ok',
      adds: [{ tenant: 'half', cloud: 'aws', folder: 'non-prod' }],
    });
  });

  it('says what could not be checked', () => {
    expect(
      check({ clouds: ['azure'], environments: ['dev'] }, { platform: undefined, openRequests: undefined }),
    ).toMatchObject({
      kind: 'ok',
      unknown: ['platform', 'open-requests'],
    });
  });
});

describe('a request that cannot be taken says why, at its field', () => {
  const own = {
    size: 'own',
    requestsMemory: '1Gi',
    limitsMemory: '2Gi',
    requestsCpu: '500m',
    limitsCpu: '1',
  };
  it.each<[Partial<FormValues>, string]>([
    [{ name: '' }, 'name: name-empty'],
    [{ name: 'Shop' }, 'name: name-form'],
    [{ name: 'kube-public' }, 'name: name-reserved'],
    [{ name: 'ingress-nginx' }, 'name: name-taken'],
    [{ name: 'both' }, 'environments: tenant-exists'],
    [{ name: 'half', environments: ['non-prod'] }, 'environments: tenant-exists'],
    [{ clouds: [] }, 'clouds: none-chosen'],
    [{ clouds: ['gcp'] }, 'clouds: unknown-choice'],
    [{ environments: [] }, 'environments: none-chosen'],
    [{ environments: ['common'] }, 'environments: environment-unknown'],
    [{ environments: ['../prod'] }, 'environments: environment-unknown'],
    [{ size: '' }, 'size: none-chosen'],
    [{ size: 'huge' }, 'size: unknown-choice'],
    [{ size: 'constructor' }, 'size: unknown-choice'],
    [{ ...own, requestsCpu: '' }, 'requestsCpu: quantity-empty'],
    [{ ...own, requestsCpu: 'one' }, 'requestsCpu: quantity-unreadable'],
    [{ ...own, limitsCpu: '33' }, 'limitsCpu: above-maximum'],
    [{ ...own, limitsMemory: '65Gi' }, 'limitsMemory: above-maximum'],
    [{ ...own, requestsMemory: '3Gi' }, 'requestsMemory: requests-above-limits'],
    [{ ...own, requestsMemory: '500m' }, 'requestsMemory: quantity-unreadable'],
    [{ access: { prod: 'owner' } }, 'access.prod: unknown-choice'],
    [{ access: { prod: 'toString' } }, 'access.prod: unknown-choice'],
    [{ groups: { prod: ['stranger'] } }, 'groups.prod: unknown-choice'],
    [{ owner: ' \u200B ' }, 'owner: text-empty'],
    [{ owner: '\u200D\u200D \u3164' }, 'owner: text-empty'],
    [{ contact: '' }, 'contact: text-empty'],
    [{ purpose: '\n' }, 'purpose: text-empty'],
    [{ purpose: 'x'.repeat(1001) }, 'purpose: text-too-long'],
    [{ owner: 'x'.repeat(100_000) }, 'owner: text-too-long'],
    [{ contact: '\u202E'.repeat(100_000) }, 'contact: text-empty'],
    [{ labels: {} }, 'label.example.com/cost-centre: text-empty'],
    [
      { labels: { ...labels, 'example.com/cost-centre': '12345' } },
      'label.example.com/cost-centre: label-pattern',
    ],
    [
      { labels: { ...labels, 'example.com/cost-centre': 'a b' } },
      'label.example.com/cost-centre: label-form',
    ],
    [{ labels: { ...labels, tier: 'bronze' } }, 'label.tier: label-option'],
    [
      { purpose: '"'.repeat(1000), ports: '1 from namespace a\n'.repeat(30), contact: '\\'.repeat(120) },
      'purpose: too-much-together',
    ],
  ])('%j', (values, refusal) => {
    expect(refusals(values)).toEqual([refusal]);
  });

  it.each([
    ['8080', 'form'],
    ['from anywhere', 'form'],
    ['8080 from the moon', 'form'],
    ['8080 to namespace x', 'form'],
    ['8080/udp from anywhere', 'form'],
    ['0 from anywhere', 'port'],
    ['65536 from anywhere', 'port'],
    ['80 from namespace Monitoring_1', 'namespace'],
    ['80 from 10.0.0.0', 'cidr'],
    ['80 from 10.0.0.256/8', 'cidr'],
    ['80 from 10.0.0.0/33', 'cidr'],
    ['80 from 10.1.2.3/8', 'host-bits'],
    ['80 from example.com', 'cidr'],
  ])('a port line %j: %s', (line, fault) => {
    const checked = check({ ports: `1 from anywhere\n${line}` });
    expect(checked).toMatchObject({ refusals: [{ field: 'ports', code: 'port-line', line: 2, fault }] });
  });

  it.each(['80 from fd00::/8', '80 from ::/0', '80 from 0.0.0.0/0', '80 from 10.1.2.3/32'])(
    'a port line %j is taken',
    (line) => {
      expect(refusals({ ports: line })).toEqual([]);
    },
  );

  it('takes ten ports and no eleventh', () => {
    const ports = (count: number) =>
      Array.from({ length: count }, (_, index) => `${index + 1} from anywhere`).join('\n');
    expect(refusals({ ports: ports(10) })).toEqual([]);
    expect(refusals({ ports: ports(11) })).toEqual(['ports: too-many-ports']);
  });

  it('names the open request with its link', () => {
    const openRequests = [{ name: 'sample', url: 'https://example.test/pull/7', number: 7 }];
    expect(check({}, { openRequests })).toEqual({
      kind: 'refused',
      refusals: [{ field: 'name', code: 'request-open', url: 'https://example.test/pull/7', number: 7 }],
    });
  });

  it('says where a tenant stands and where it could still go', () => {
    expect(check({ name: 'half' })).toMatchObject({
      refusals: [
        {
          code: 'tenant-exists',
          places: [{ cloud: 'aws', environment: 'non-prod' }],
          free: [{ cloud: 'aws', environment: 'prod' }],
        },
      ],
    });
  });

  it('says all at once', () => {
    expect(refusals({ name: 'X', clouds: [], size: '', owner: '', ports: 'x' })).toEqual([
      'name: name-form',
      'clouds: none-chosen',
      'size: none-chosen',
      'owner: text-empty',
      'ports: port-line',
    ]);
  });
});

describe('whatever is typed', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.constantFrom(...hostileTexts),
    fc.constant('sample'),
  );
  const values = fc.record({
    name: text,
    clouds: fc.array(fc.oneof(text, fc.constant('aws')), { maxLength: 3 }),
    environments: fc.array(fc.oneof(text, fc.constant('prod')), { maxLength: 3 }),
    size: fc.oneof(text, fc.constantFrom('small', 'own')),
    requestsMemory: text,
    limitsMemory: text,
    requestsCpu: text,
    limitsCpu: text,
    access: fc.dictionary(text, text, { maxKeys: 2 }),
    groups: fc.dictionary(text, fc.array(text, { maxLength: 2 }), { maxKeys: 2 }),
    owner: text,
    contact: text,
    reach: fc.subarray(['same-namespace', 'ingress'] as const).map((reach) => [...reach]),
    ports: text,
    labels: fc.dictionary(text, text, { maxKeys: 2 }),
    purpose: text,
  });

  it('is answered, never thrown at, and quickly', () => {
    fc.assert(
      fc.property(values, (typed) => {
        const began = performance.now();
        checkRequest(formValuesSchema.parse(typed), { policy, platform: standing, openRequests: [] });
        expect(performance.now() - began).toBeLessThan(2000);
      }),
    );
  });

  it('is short enough for Slack to keep, once taken, and comes back as it was', () => {
    const texts = fc.record({ owner: text, contact: text, purpose: text });
    fc.assert(
      fc.property(texts, (typed) => {
        const form = formOf({ labels, ...typed });
        if (check(form).kind === 'ok') expect(packFormValues(form).length).toBeLessThanOrEqual(2900);
        expect(unpackFormValues(packFormValues(form))).toEqual(form);
      }),
    );
  });

  it('keeps no character in words that cannot be seen', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const checked = check({ purpose: `p ${typed}`.slice(0, 900), owner: `o ${typed}`.slice(0, 70) });
        if (checked.kind === 'refused') return;
        expect(checked.request.purpose).not.toMatch(
          /(?!\n)[\p{Cc}\p{Cs}\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069]/u,
        );
        expect(checked.request.owner).not.toMatch(/[\n\r\u2028\u2029\u0085]/);
      }),
    );
  });
});

describe('the form when it opens', () => {
  it('proposes what the policy proposes, all environments, and the only cloud', () => {
    expect(firstValues('shop', policyOf(), samplePlatform())).toMatchObject({
      name: 'shop',
      clouds: ['aws'],
      environments: ['non-prod', 'prod'],
      size: 'small',
      reach: ['same-namespace', 'ingress'],
    });
  });
});
