import { ruleFor } from '../../../src/domain/change/approver-rules.ts';
import { countApprovals } from '../../../src/domain/change/count-approvals.ts';
import { unmatchedGroups } from '../../../src/domain/change/match-groups.ts';
import type { Deed } from '../../../src/domain/change/record.ts';
import { policyOf } from '../samples.ts';
import {
  approvedBy,
  changeAfter,
  changeFrom,
  loginOf,
  membership,
  membershipOf,
  openedDeed,
  part,
  peopleYaml,
  person,
  policy,
  sha,
  subject,
  turn,
} from './change-samples.ts';

const base = { part, policy, membership, isDamaged: false };
const two = changeAfter(approvedBy('ann'), approvedBy('bob'));

test('two different approvers are enough', () => {
  const tally = countApprovals({ ...base, change: two });
  expect(tally).toMatchObject({ needed: 2, isEnough: true, void: [], eligible: 1 });
  expect(tally.candidates).toEqual([person('cleo')]);
});

const moved = (change: Partial<typeof turn>) => ({
  ...subject,
  turns: [{ ...turn, ...change }],
});

test.each([
  ['the head', { ...subject, head: sha('b') }],
  ['what the new tag points to', moved({ target: sha('3') })],
  ['a deleted tag', moved({ target: undefined })],
  ['what runs now', moved({ running: sha('3') })],
  ['the version that it comes from', moved({ from: 'tag v0.9.0' })],
])('a change of %s voids all approvals', (_, now) => {
  const tally = countApprovals({ ...base, change: two, part: { ...part, subject: now } });
  expect(tally).toMatchObject({ given: [], isEnough: false });
  expect(tally.void.map(({ why }) => why)).toEqual(['outdated', 'outdated']);
});

test.each([
  ['requester', { change: changeAfter(approvedBy('rita')) }],
  ['pusher', { part: { ...part, pusher: { kind: 'person', login: loginOf('ann') } as const } }],
  ['pusher-unknown', { part: { ...part, pusher: { kind: 'unknown' } as const } }],
  ['author', { part: { ...part, authors: [loginOf('ann')] } }],
  ['authors-unknown', { part: { ...part, authors: undefined } }],
  ['not-approver', { change: changeAfter(approvedBy('dan')) }],
  ['not-a-member', { membership: membershipOf({ SPLATFORM: ['UANN'] }, ['UANN']) }],
  ['members-unreadable', { membership: membershipOf({ SPLATFORM: undefined }) }],
  ['not-approver', { membership: membershipOf({ SPLATFORM: [] }) }],
  ['ledger-damaged', { isDamaged: true }],
  [
    'no-identity',
    {
      policy: policyOf(
        'changes: { authorsMayApprove: false, approvers: [{ groups: [{ name: all, people: [UANN] }] }] }',
      ),
      change: changeAfter({
        ...approvedBy('ann'),
        by: { slack: person('ann').slack, login: undefined },
      } as never),
    },
  ],
  ['no-approvers', { policy: policyOf(peopleYaml) }],
  [
    'requester-unknown',
    {
      change: changeFrom(
        { ...openedDeed, requester: { slack: 'UEVE', login: undefined } as never },
        approvedBy('ann'),
      ),
    },
  ],
] as const)('an approval does not count: %s', (why, facts) => {
  const tally = countApprovals({ ...base, change: changeAfter(approvedBy('ann')), ...facts });
  expect(tally).toMatchObject({ given: [], isEnough: false, void: [{ why }] });
});

test('an author may approve where the policy says so', () => {
  const lenient = policyOf(
    `changes: { authorsMayApprove: true, approvers: [{ groups: [{ name: a, people: [UANN] }] }] }\n${peopleYaml}`,
  );
  const facts = { ...base, policy: lenient, part: { ...part, authors: undefined } };
  expect(countApprovals({ ...facts, change: changeAfter(approvedBy('ann')) }).isEnough).toBe(true);
});

describe('one from each group', () => {
  const each = policyOf(`
changes:
  approvers:
    - fromEach: true
      groups: [{ name: platform, people: [UANN, UBOB] }, { name: security, people: [UANN, UCLEO] }]
${peopleYaml}`);
  test.each([
    [['ann'], ['security'], false],
    [['ann', 'bob'], [], true],
    [['bob', 'ann'], [], true],
    [['bob'], ['security'], false],
    [['bob', 'cleo'], [], true],
    [['cleo', 'ann'], [], true],
  ])('%j leaves %j', (who, missing, isEnough) => {
    const change = changeAfter(...who.map((name) => approvedBy(name)));
    expect(countApprovals({ ...base, policy: each, change })).toMatchObject({ needed: 2, missing, isEnough });
  });
});

test.each([
  [['a', 'b'], [['a', 'b'], ['a']], []],
  [
    ['a', 'b', 'c'],
    [
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'b'],
    ],
    ['c'],
  ],
  [['a', 'b'], [['a', 'b']], ['b']],
  [['a', 'b', 'c'], [['a', 'b'], ['b', 'c'], ['a']], []],
])('of groups %j, people in %j leave %j', (groups, people, left) => {
  expect(unmatchedGroups(groups, people)).toEqual(left);
});

describe('rules', () => {
  const rules = policyOf(`
changes:
  approvers:
    - { environments: [prod], groups: [{ name: prod, people: [UANN] }] }
    - { environments: [pci], groups: [{ name: pci, people: [UBOB] }] }
${peopleYaml}`);
  const namesOf = (environments: readonly string[]) =>
    ruleFor(rules, environments).flatMap(({ groups }) => groups.map(({ name }) => name));

  test.each([
    [['prod'], ['prod']],
    [
      ['prod', 'pci'],
      ['prod', 'pci'],
    ],
    [['prod', 'other'], []],
    [[], ['prod', 'pci']],
  ])('for %j are %j', (environments, expected) => expect(namesOf(environments)).toEqual(expected));

  test('of several environments must all hold', () => {
    const both = { ...base, policy: rules, part: { ...part, environments: ['prod', 'pci'] } };
    const one = countApprovals({ ...both, change: changeAfter(approvedBy('ann')) });
    expect(one).toMatchObject({ needed: 2, isEnough: false });
    expect(countApprovals({ ...both, change: two }).isEnough).toBe(true);
  });
});

describe('back to what ran before', () => {
  const back = (needed: number) =>
    policyOf(`changes: { back: { who: { usergroups: [SOPS] }, needed: ${needed} } }\n${peopleYaml}`);
  const opened = {
    ...openedDeed,
    what: { ...openedDeed.what, back: true, target: part.subject.turns[0]?.target },
  } as typeof openedDeed;
  const count = (needed: number, deeds: readonly Deed[], over = {}) =>
    countApprovals({ ...base, policy: back(needed), change: changeFrom(...deeds), ...over });

  test('asking is agreeing when one is needed', () => {
    expect(count(1, [opened]).isEnough).toBe(true);
  });
  test('two needed: somebody else on call must agree', () => {
    expect(count(2, [opened]).isEnough).toBe(false);
    expect(count(2, [opened, approvedBy('rita')]).isEnough).toBe(false);
    expect(count(2, [opened, approvedBy('olga')]).isEnough).toBe(true);
  });
  test.each([
    ['of who is not on call', { membership: membershipOf({ SOPS: ['UOLGA'] }) }],
    ['of who has left', { membership: membershipOf({ SOPS: ['URITA'] }, ['URITA']) }],
    ['once somebody pushed', { part: { ...part, pusher: { kind: 'person', login: 'dan' } } }],
    ['for another version', { part: { ...part, subject: moved({ to: 'tag v2.0.0' }) } }],
    ['for a tag that was moved since', { part: { ...part, subject: moved({ target: sha('9') }) } }],
    ['for a tag that is gone', { part: { ...part, subject: moved({ target: undefined }) } }],
    ['on a damaged ledger', { isDamaged: true }],
  ])('the request %s is no agreement', (_, over) => {
    expect(count(1, [opened], over).isEnough).toBe(false);
  });
});
