import { type CountWish, countApprovals } from '../../../src/domain/change/count-approvals.ts';
import type { Deed, PersonRef, Subject } from '../../../src/domain/change/record.ts';
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
  policy,
  sha,
  slackId,
  subject,
  turn,
  twoOfPlatform,
} from './change-samples.ts';

const two = changeAfter(approvedBy('ann'), approvedBy('bob'));
const good: CountWish = { change: two, part, policy, membership, isDamaged: false };
const ref = (slack?: string, login?: string): PersonRef => ({
  slack: slack === undefined ? undefined : slackId(slack),
  login: login === undefined ? undefined : loginOf(login),
});
const approvedAs = (by: PersonRef, subjects: readonly Subject[] = [subject]): Deed => ({
  kind: 'approved',
  change: 1,
  by,
  subjects,
  via: 'slack',
});
const secondAccount = policyOf(twoOfPlatform.replace('[URITA]', '[URITA, URITA2]'));
const withMember = (id: string) => ({
  ...membershipOf({ SPLATFORM: ['UANN', 'UBOB', id] }),
  members: new Map(membership.members).set(slackId(id), 'member'),
});

test('without an attack it is approved', () => expect(countApprovals(good).isEnough).toBe(true));

test.each<[string, Partial<CountWish>, string]>([
  [
    'the requester approves from a second Slack account that the policy knows',
    {
      policy: secondAccount,
      membership: withMember('URITA2'),
      change: changeAfter(approvedBy('ann'), approvedAs(ref('URITA2', 'rita'))),
    },
    'requester',
  ],
  [
    'the requester approves from a second Slack account that nobody knows',
    {
      membership: withMember('URITA2'),
      change: changeAfter(approvedBy('ann'), approvedAs(ref('URITA2'))),
    },
    'no-identity',
  ],
  [
    'the requester asked from an account that nobody knows',
    {
      change: changeFrom({ ...openedDeed, requester: ref('UANN2') }, approvedBy('ann'), approvedBy('bob')),
    },
    'requester-unknown',
  ],
  [
    'nobody is known to have asked',
    {
      change: changeFrom({ ...openedDeed, requester: ref() }, approvedBy('ann'), approvedBy('bob')),
    },
    'requester-unknown',
  ],
  [
    'the requester asked by GitHub and approves in Slack',
    {
      change: changeFrom(
        { ...openedDeed, requester: ref(undefined, 'bob') },
        approvedBy('ann'),
        approvedBy('bob'),
      ),
    },
    'requester',
  ],
  [
    'an approver borrows the login of another',
    {
      change: changeAfter(approvedBy('ann'), approvedAs(ref('UBOB', 'cleo'))),
    },
    'ambiguous-identity',
  ],
  [
    'an approver was deactivated after the click',
    { membership: membershipOf({ SPLATFORM: ['UANN', 'UBOB'] }, ['UBOB']) },
    'not-a-member',
  ],
  [
    'an approver left the group after the click',
    { membership: membershipOf({ SPLATFORM: ['UANN'] }) },
    'not-approver',
  ],
  ['the group is empty', { membership: membershipOf({ SPLATFORM: [] }) }, 'not-approver'],
  ['the group cannot be read', { membership: membershipOf({ SPLATFORM: undefined }) }, 'members-unreadable'],
  ['the group was not read at all', { membership: membershipOf({}) }, 'members-unreadable'],
  [
    'who is a member was not read',
    { membership: { ...membership, members: new Map() } },
    'members-unreadable',
  ],
  [
    'an approver pushes after approving',
    { part: { ...part, pusher: { kind: 'person', login: loginOf('bob') } } },
    'pusher',
  ],
  ['it comes from a fork', { part: { ...part, pusher: { kind: 'unknown' } } }, 'pusher-unknown'],
  ['an approver wrote some of it', { part: { ...part, authors: [loginOf('bob')] } }, 'author'],
  ['a commit has unknown authors', { part: { ...part, authors: undefined } }, 'authors-unknown'],
  [
    'the tag was moved',
    { part: { ...part, subject: { ...subject, turns: [{ ...turn, target: sha('e') }] } } },
    'outdated',
  ],
  [
    'a second source is turned, too',
    {
      part: {
        ...part,
        subject: {
          ...subject,
          turns: [...subject.turns, { ...turn, source: 'mgmt/gcp:flux-system/release' }],
        },
      },
    },
    'outdated',
  ],
  ['the ledger is damaged', { isDamaged: true }, 'ledger-damaged'],
])('refused when %s', (_, attack, why) => {
  const tally = countApprovals({ ...good, ...attack });
  expect(tally.isEnough).toBe(false);
  expect(tally.void.map((approval) => approval.why)).toContain(why);
});

test('one person with two accounts counts once', () => {
  const joined = policyOf(twoOfPlatform.replace('[UBOB]', '[UBOB, UBOB2]').replace('[bob]', 'false'));
  const change = changeAfter(approvedAs(ref('UBOB')), approvedAs(ref('UBOB2')));
  const tally = countApprovals({ ...good, policy: joined, change, membership: withMember('UBOB2') });
  expect(tally).toMatchObject({ isEnough: false, given: [{ by: { slack: 'UBOB' } }] });
});

test('an approval of another pull request is none of this one', () => {
  const other = { ...subject, pull: 8 };
  const change = changeAfter(approvedBy('ann', [other]), approvedBy('bob', [other]));
  expect(countApprovals({ ...good, change })).toMatchObject({ given: [], void: [], isEnough: false });
});

test('an approval of a member through a team counts while the team can be read', () => {
  const byTeam = policyOf(twoOfPlatform.replace('usergroups: [SPLATFORM]', 'teams: [platform]'));
  const teams = (logins: readonly string[] | undefined) => ({
    ...membership,
    teams: new Map([['platform', logins?.map(loginOf)]]),
  });
  const count = (logins: readonly string[] | undefined) =>
    countApprovals({ ...good, policy: byTeam, membership: teams(logins) }).isEnough;
  expect([count(['ann', 'bob']), count(['ann']), count([]), count(undefined)]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test('a group of one rule does not stand for a group of the same name in another', () => {
  const rule = (environment: string, who: string) =>
    `    - { environments: [${environment}], groups: [{ name: owners, people: [${who}] }] }\n`;
  const rules = policyOf(
    twoOfPlatform.replace(
      / {4}- needed[\s\S]*?\n {2}operators/,
      `${rule('prod', 'UANN')}${rule('pci', 'UCLEO')}  operators`,
    ),
  );
  const facts = { ...good, policy: rules, part: { ...part, environments: ['prod', 'pci'] } };
  const count = (...who: string[]) =>
    countApprovals({ ...facts, change: changeAfter(...who.map((name) => approvedBy(name))) }).isEnough;
  expect([count('ann'), count('ann', 'bob'), count('ann', 'cleo')]).toEqual([false, false, true]);
});
