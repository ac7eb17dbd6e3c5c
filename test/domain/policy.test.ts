import Ajv2020 from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { environmentRules, parsePolicy, policyJsonSchema } from '../../src/domain/policy.ts';
import { policyOf } from './samples.ts';

describe('the policy file', () => {
  it('may be missing, empty or nothing but a comment', () => {
    expect(parsePolicy('')).toEqual(parsePolicy(undefined));
    expect(parsePolicy('# nothing yet\n')).toEqual(parsePolicy(undefined));
    expect(parsePolicy('---\n')).toEqual(parsePolicy(undefined));
  });

  it("has defaults that fit the model's repository", () => {
    const policy = policyOf();
    expect(policy.layout).toEqual({
      tenants: 'tenants',
      providers: 'providers',
      features: 'features',
      shared: 'common',
    });
    expect(policy.sizes.default).toBe('small');
    expect(policy.sizes.named['small']).toEqual({
      requestsMemory: '1Gi',
      limitsMemory: '1Gi',
      requestsCpu: '1000m',
      limitsCpu: '1000m',
    });
    expect(policy.sizes.named['medium']).toEqual({
      requestsMemory: '5Gi',
      limitsMemory: '10Gi',
      requestsCpu: '2000m',
      limitsCpu: '5000m',
    });
    expect(policy.channels).toEqual({
      requests: 'platform-requests',
      releases: 'platform-releases',
      changes: 'platform-changes',
      rollouts: 'platform-rollouts',
    });
    expect(policy.clusters).toEqual([]);
    expect(policy.rollout).toEqual({
      pollSeconds: 5,
      stuckAfterMinutes: 15,
      longestMinutes: 1440,
      requestReconciliation: true,
    });
    expect(policy.onboarding.who).toBe('members');
    expect(policy.annotations).toEqual({});
  });

  it('keeps the defaults of what a section does not say', () => {
    const policy = policyOf(
      'sizes:\n  maximum:\n    requestsMemory: 20Gi\n    limitsMemory: 40Gi\n    requestsCpu: "8"\n    limitsCpu: "16"\n',
    );
    expect(Object.keys(policy.sizes.named)).toEqual(['small', 'medium', 'large']);
  });

  it.each([
    ['non-prod', { production: false, access: 'admin' }],
    ['prod', { production: true, access: 'reader' }],
    ['staging', { production: true, access: 'reader' }],
  ])('rules of %s', (name, rules) => {
    expect(environmentRules(policyOf(), name)).toMatchObject(rules);
  });

  it('takes a channel by id or by name, with or without #', () => {
    expect(policyOf('channels:\n  requests: "#onboarding"\n  releases: C0RELEASES\n').channels).toMatchObject(
      { requests: 'onboarding', releases: 'C0RELEASES' },
    );
  });

  it('tells every problem at once, each with its line and path', () => {
    const text = `layout:
  tenant: teams
sizes:
  default: huge
names:
  pattern: "["
  maxLength: 100
labels:
  - key: cost centre
    title: Cost centre
    requird: true
channels:
  requests: 7
chanels: {}
`;
    const parsed = parsePolicy(text);
    if (parsed.kind === 'ok') throw new Error('taken');
    expect(parsed.problems.map(({ line, path }) => `${line} ${path}`)).toEqual([
      '2 layout.tenant',
      '4 sizes.default',
      '6 names.pattern',
      '7 names.maxLength',
      '9 labels.0.key',
      '11 labels.0.requird',
      '13 channels.requests',
      '14 chanels',
    ]);
    const said = new Map(parsed.problems.map(({ path, message }) => [path, message]));
    expect(said.get('layout.tenant')).toBe('is not a key of the policy; did you mean "tenants"?');
    expect(said.get('labels.0.requird')).toBe('is not a key of the policy; did you mean "required"?');
    expect(said.get('chanels')).toBe('is not a key of the policy; did you mean "channels"?');
    expect(said.get('names.pattern')).toBe('must be a regular expression');
  });

  it.each([
    ['sizes:\n  default: huge\n', 2, 'sizes.default'],
    ['environments:\n  - name: dev\n    access: owner\n', 3, 'environments.0.access'],
    ['access:\n  default: owner\n', 2, 'access.default'],
    ['environments:\n  - name: dev\n  - name: dev\n', 3, 'environments.1.name'],
    [
      'sizes:\n  named:\n    small: { requestsMemory: 1Gi, limitsMemory: 1Gi, requestsCpu: 1m, limitsCpu: 1m }\n    own: { requestsMemory: 1Gi, limitsMemory: 1Gi, requestsCpu: 1m, limitsCpu: 1m }\n',
      4,
      'sizes.named.own',
    ],
    [
      'sizes:\n  maximum: { requestsMemory: 1Gi, limitsMemory: 99Gi, requestsCpu: "99", limitsCpu: "99" }\n',
      1,
      'sizes.named.medium.requestsMemory',
    ],
    ['ingress:\n  selector: {}\n', 2, 'ingress.selector'],
    ['layout:\n  tenants: ../up\n', 2, 'layout.tenants'],
    ['names:\n', 1, 'names'],
  ])('%j is refused at line %d: %s', (text, line, path) => {
    const parsed = parsePolicy(text);
    if (parsed.kind === 'ok') throw new Error('taken');
    expect(parsed.problems).toContainEqual(
      expect.objectContaining({
        line: path.startsWith('sizes.named.medium') ? expect.any(Number) : line,
        path,
      }),
    );
  });

  it.each([
    ['a: [', 1],
    ['layout:\n  tenants: x\n  tenants: y\n', 3],
    ['y: *b\n', 1],
    ['- just\n- a list\n', 1],
    ['just words', 1],
  ])('%j is refused as a whole', (text, line) => {
    const parsed = parsePolicy(text);
    if (parsed.kind === 'ok') throw new Error('taken');
    expect(parsed.problems[0]?.line).toBe(line);
  });

  it('takes a bare number for a quantity', () => {
    const policy = policyOf(
      'sizes:\n  maximum: { requestsMemory: 32Gi, limitsMemory: 64Gi, requestsCpu: 16, limitsCpu: 32.5 }\n',
    );
    expect(policy.sizes.maximum).toMatchObject({ requestsCpu: '16', limitsCpu: '32.5' });
  });

  it.each([
    ['names: []\n', 'must be a mapping'],
    ['labels: {}\n', 'must be a list'],
    ['names: { maxLength: ten }\n', 'must be a number'],
    ['channels: { requests: 7 }\n', 'must be a text; put it in quotes'],
    ['labels: [{ key: a, title: A, required: "yes" }]\n', 'must be true or false'],
    ['labels: [{ key: a }]\n', 'is missing; it needs a text'],
    [
      'sizes: { maximum: { requestsMemory: [1], limitsMemory: 64Gi, requestsCpu: 16, limitsCpu: 32 } }\n',
      'must be a Kubernetes quantity such as 500m or 1Gi',
    ],
    [
      'sizes: { maximum: { requestsMemory: 1 GB, limitsMemory: 64Gi, requestsCpu: 16, limitsCpu: 32 } }\n',
      'must be a Kubernetes quantity such as 500m or 1Gi',
    ],
    ['onboarding: { who: guests }\n', 'must be members, or a mapping with usergroups'],
    ['clusters: [{ name: aws, provider: aws }]\n', 'needs provider and version, or folder'],
    ['clusters: [{ name: a, folder: x }, { name: a, folder: y }]\n', 'stands twice'],
    ['clusters: [{ name: a, folder: ../x }]\n', 'must be a path without ./, .. or a trailing /'],
    ['ingress: { selector: { "a b": x } }\n', "must be a label's key"],
    ['ingress: { selector: { a: 1 } }\n', 'must be a text; put it in quotes'],
  ])('says of %j what is wrong', (text, message) => {
    expect(parsePolicy(text)).toMatchObject({
      kind: 'invalid',
      problems: expect.arrayContaining([expect.objectContaining({ message })]),
    });
  });

  it('says of an empty section what to do', () => {
    const parsed = parsePolicy('names:\n');
    expect(parsed).toMatchObject({
      problems: [{ message: 'is empty; give it a mapping, or delete the line' }],
    });
  });

  it('never throws, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        const parsed = parsePolicy(text);
        if (parsed.kind === 'invalid') expect(parsed.problems.every(({ line }) => line >= 1)).toBe(true);
      }),
    );
  });

  it('has a JSON schema that takes an empty file and describes every key', () => {
    const schema = policyJsonSchema();
    const validate = new Ajv2020.default({ strict: false }).compile(schema);
    expect(validate({})).toBe(true);
    expect(validate({ nothing: 1 })).toBe(false);
    const properties = (schema as { properties: Record<string, { description?: string }> }).properties;
    expect(Object.entries(properties).filter(([, { description }]) => !description)).toEqual([]);
  });
});
