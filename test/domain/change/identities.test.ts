import { comparePersons, resolvePerson, samePerson } from '../../../src/domain/change/identities.ts';
import { policyOf } from '../samples.ts';
import { loginOf, slackId } from './change-samples.ts';

const policy = policyOf(`
people:
  - { slack: [UANN, UANN2], github: [Ann, ann-work] }
  - { slack: [UBOB], github: [bob] }
  - { slack: [UNOGIT], github: false }
`);
const ref = (slack?: string, login?: string) => ({
  slack: slack === undefined ? undefined : slackId(slack),
  login: login === undefined ? undefined : loginOf(login),
});

test.each([
  ['a Slack account of the map', { slack: slackId('UANN2') }, ref('UANN2', 'ann')],
  ['a login of the map, whatever its case there', { login: loginOf('ann') }, ref('UANN', 'ann')],
  ['somebody without GitHub account', { slack: slackId('UNOGIT') }, ref('UNOGIT')],
])('%s is resolved', (_, account, expected) => {
  expect(resolvePerson(account, policy.people)).toMatchObject({ kind: 'person', ref: expected });
});

test('an account that nothing names is refused', () => {
  const refused = { kind: 'refuse', code: 'no-identity' };
  expect(resolvePerson({ slack: slackId('UEVE') }, policy.people)).toEqual(refused);
  expect(resolvePerson({ login: loginOf('eve') }, policy.people)).toEqual(refused);
});

const link = (slack: string, login: string) => ({ slack: slackId(slack), login: loginOf(login) });

test.each([
  ['one verified address joins', [link('UEVE', 'eve')], { kind: 'person', ref: ref('UEVE', 'eve') }],
  [
    'two logins with the address are ambiguous',
    [link('UEVE', 'eve'), link('UEVE', 'eve2')],
    { kind: 'refuse', code: 'ambiguous-identity' },
  ],
  [
    'a login that the policy gives to somebody else is ambiguous',
    [link('UEVE', 'bob')],
    { kind: 'refuse', code: 'ambiguous-identity' },
  ],
  ['addresses of others prove nothing', [link('UMAX', 'max')], { kind: 'refuse', code: 'no-identity' }],
])('%s', (_, links, expected) => {
  expect(resolvePerson({ slack: slackId('UEVE') }, policy.people, links)).toMatchObject(expected);
});

test.each([
  ['two Slack accounts of one entry', ref('UANN'), ref('UANN2'), 'same'],
  ['Slack here, GitHub there, one entry', ref('UANN'), ref(undefined, 'ann-work'), 'same'],
  ['two entries', ref('UANN', 'ann'), ref('UBOB', 'bob'), 'different'],
  ['known logins and a login of nobody', ref('UANN', 'ann'), ref(undefined, 'eve'), 'different'],
  ['no GitHub account and any login', ref('UNOGIT'), ref(undefined, 'eve'), 'different'],
  ['a Slack account of nobody', ref('UANN', 'ann'), ref('UEVE'), 'unknown'],
  ['nobody known at all', ref('UANN', 'ann'), ref(), 'unknown'],
  ['accounts of two people in one ref', ref('UANN', 'bob'), ref(undefined, 'eve'), 'unknown'],
  ['a login that the policy does not know of the person', ref('UANN', 'eve'), ref('UBOB'), 'unknown'],
] as const)('%s: %s and %s are %s', (_, one, other, expected) => {
  expect(comparePersons(one, other, policy)).toBe(expected);
  expect(comparePersons(other, one, policy)).toBe(expected);
  expect(samePerson(one, other, policy)).toBe(expected !== 'different');
});

test('an account that stands in two persons is a mistake of the policy', () => {
  const twice = (second: string) => () =>
    policyOf(`people:\n  - { slack: [UANN], github: [ann] }\n  - ${second}\n`);
  expect(twice('{ slack: [UANN], github: false }')).toThrow('stands twice');
  expect(twice('{ slack: [UBOB], github: [ANN] }')).toThrow('stands twice');
});
