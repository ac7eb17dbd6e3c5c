import { resolvePerson } from '../../../src/domain/change/identities.ts';
import { judgeWish, type WishFacts } from '../../../src/domain/change/judge-wish.ts';
import type { Deed } from '../../../src/domain/change/record.ts';
import type { ChangeWish } from '../../../src/domain/change/wish.ts';
import { policyOf } from '../samples.ts';
import {
  approvedBy,
  changeAfter,
  membership,
  membershipOf,
  part,
  person,
  policy,
  sha,
  slackId,
  subject,
  twoOfPlatform,
} from './change-samples.ts';

const who = (name: string) => resolvePerson({ slack: slackId(`U${name.toUpperCase()}`) }, policy.people);

function facts(name: string, over: Partial<WishFacts> = {}): WishFacts {
  return {
    person: who(name),
    change: changeAfter(),
    via: 'slack',
    askedAt: Date.parse('2027-01-04T10:00:00Z'),
    parts: [part],
    policy,
    membership,
    isDamaged: false,
    shown: 'digest',
    current: 'digest',
    reviewed: undefined,
    ...over,
  };
}

const held: Deed = { kind: 'held', change: 1, by: person('olga'), reason: 'wait' };
const asked: Deed = { kind: 'override-asked', change: 1, by: person('olga'), reason: 'fire' };
const confirmed: Deed = { kind: 'override-confirmed', change: 1, by: person('dan') };
const withdrawn: Deed = {
  kind: 'ended',
  change: 1,
  why: 'withdrawn',
  by: person('rita'),
  supersededBy: undefined,
};
const strict = policyOf(
  twoOfPlatform.replace('changes:', "changes:\n  go: true\n  externalNumber: { pattern: 'CHG[0-9]{4}' }"),
);

type Row = readonly [what: string, wish: ChangeWish, by: string, over: Partial<WishFacts>, outcome: string];
const rows: readonly Row[] = [
  ['an approver approves', { kind: 'approve' }, 'ann', {}, 'approved'],
  ['the requester approves', { kind: 'approve' }, 'rita', {}, 'requester'],
  ['somebody of no group approves', { kind: 'approve' }, 'dan', {}, 'not-approver'],
  ['a stranger approves', { kind: 'approve' }, 'eve', {}, 'no-identity'],
  [
    'a guest approves',
    { kind: 'approve' },
    'ann',
    { membership: membershipOf({}, ['UANN']) },
    'not-a-member',
  ],
  ['on an outdated message', { kind: 'approve' }, 'ann', { shown: 'older' }, 'outdated'],
  ['with nothing open', { kind: 'approve' }, 'ann', { parts: [] }, 'nothing-open'],
  ['on a damaged ledger', { kind: 'approve' }, 'ann', { isDamaged: true }, 'ledger-damaged'],
  ['after the end', { kind: 'approve' }, 'ann', { change: changeAfter(withdrawn) }, 'ended'],
  [
    'a review of the head',
    { kind: 'approve' },
    'ann',
    { via: 'review', shown: undefined, reviewed: sha('a') },
    'approved',
  ],
  [
    'a review of an older head',
    { kind: 'approve' },
    'ann',
    { via: 'review', shown: undefined, reviewed: sha('b') },
    'outdated',
  ],
  ['a review of nothing', { kind: 'approve' }, 'ann', { via: 'review', shown: undefined }, 'outdated'],
  [
    'a comment before the push',
    { kind: 'approve' },
    'ann',
    { via: 'comment', shown: undefined, parts: [{ ...part, headSince: Date.parse('2027-01-04T10:00:01Z') }] },
    'outdated',
  ],
  ['an approver rejects', { kind: 'reject', reason: 'no' }, 'bob', {}, 'rejected'],
  ['an operator rejects', { kind: 'reject', reason: 'no' }, 'dan', {}, 'rejected'],
  [
    'an outdated rejection still stops',
    { kind: 'reject', reason: 'no' },
    'bob',
    { shown: 'older' },
    'rejected',
  ],
  ['somebody else rejects', { kind: 'reject', reason: 'no' }, 'nogit', {}, 'not-approver'],
  [
    'own approval is taken back',
    { kind: 'take-back' },
    'ann',
    { change: changeAfter(approvedBy('ann')) },
    'taken-back',
  ],
  [
    'another’s is not',
    { kind: 'take-back' },
    'bob',
    { change: changeAfter(approvedBy('ann')) },
    'nothing-to-take-back',
  ],
  ['an operator holds', { kind: 'hold', reason: 'x' }, 'olga', {}, 'held'],
  ['an approver does not hold', { kind: 'hold', reason: 'x' }, 'ann', {}, 'not-operator'],
  ['held twice', { kind: 'hold', reason: 'x' }, 'olga', { change: changeAfter(held) }, 'already-held'],
  ['a hold is lifted', { kind: 'unhold' }, 'dan', { change: changeAfter(held) }, 'hold-lifted'],
  ['no hold is lifted', { kind: 'unhold' }, 'dan', {}, 'not-held'],
  [
    'a number that fits',
    { kind: 'external-number', externalNumber: 'CHG0001' },
    'olga',
    { policy: strict },
    'externally-numbered',
  ],
  [
    'a number that only begins well',
    { kind: 'external-number', externalNumber: 'CHG00012' },
    'olga',
    { policy: strict },
    'external-number-unfit',
  ],
  [
    'a number by anybody',
    { kind: 'external-number', externalNumber: 'CHG0001' },
    'ann',
    { policy: strict },
    'not-operator',
  ],
  [
    'a number nobody asked for',
    { kind: 'external-number', externalNumber: '1' },
    'olga',
    {},
    'no-external-number-policy',
  ],
  ['Go', { kind: 'go' }, 'olga', { policy: strict }, 'go'],
  ['Go by an approver', { kind: 'go' }, 'ann', { policy: strict }, 'not-operator'],
  ['Go on an outdated message', { kind: 'go' }, 'olga', { policy: strict, shown: 'older' }, 'outdated'],
  ['Go that is not asked for', { kind: 'go' }, 'olga', {}, 'no-go-policy'],
  ['an override is asked', { kind: 'override', reason: 'fire' }, 'olga', {}, 'override-asked'],
  ['an override by an approver', { kind: 'override', reason: 'fire' }, 'ann', {}, 'not-overrider'],
  [
    'an override without policy',
    { kind: 'override', reason: 'fire' },
    'olga',
    { policy: policyOf(twoOfPlatform.replace(/.*override.*\n/, '')) },
    'no-override-policy',
  ],
  [
    'a second person confirms',
    { kind: 'confirm-override' },
    'dan',
    { change: changeAfter(asked) },
    'override-confirmed',
  ],
  [
    'the same person confirms',
    { kind: 'confirm-override' },
    'olga',
    { change: changeAfter(asked) },
    'same-person',
  ],
  [
    'the requester confirms',
    { kind: 'confirm-override' },
    'rita',
    { change: changeAfter(asked) },
    'requester',
  ],
  ['nothing is confirmed', { kind: 'confirm-override' }, 'dan', {}, 'no-override-asked'],
  [
    'confirmed twice',
    { kind: 'confirm-override' },
    'dan',
    { change: changeAfter(asked, confirmed) },
    'already-overridden',
  ],
  ['the requester withdraws', { kind: 'withdraw' }, 'rita', {}, 'ended'],
  ['an operator withdraws', { kind: 'withdraw' }, 'dan', {}, 'ended'],
  ['an approver withdraws', { kind: 'withdraw' }, 'ann', {}, 'not-requester'],
];

test.each(rows)('%s', (_, wish, by, over, outcome) => {
  const verdict = judgeWish(wish, facts(by, over));
  expect(verdict.kind === 'record' ? verdict.deed.kind : verdict.code).toBe(outcome);
});

test('an approval names exactly the pull requests that the person may approve', () => {
  const other = { ...part, subject: { ...subject, pull: 8 }, authors: undefined };
  expect(judgeWish({ kind: 'approve' }, facts('ann', { parts: [other, part] }))).toEqual({
    kind: 'record',
    deed: approvedBy('ann'),
  });
});

test('what was given from one account of a person is taken back from the other', () => {
  const two = policyOf('people: [{ slack: [UANN, UANN2], github: false }]');
  const first = { slack: slackId('UANN'), login: undefined };
  const change = changeAfter({ kind: 'approved', change: 1, by: first, subjects: [subject], via: 'slack' });
  const members = new Map(membership.members).set(slackId('UANN2'), 'member');
  const verdict = judgeWish(
    { kind: 'take-back' },
    facts('ann', {
      policy: two,
      change,
      membership: { ...membership, members },
      person: resolvePerson({ slack: slackId('UANN2') }, two.people),
    }),
  );
  expect(verdict).toMatchObject({ kind: 'record', deed: { kind: 'taken-back', by: first } });
});
