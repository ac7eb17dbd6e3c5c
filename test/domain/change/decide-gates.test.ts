import { countApprovals } from '../../../src/domain/change/count-approvals.ts';
import { decideGates, type GateFacts } from '../../../src/domain/change/decide-gates.ts';
import type { PullFacts } from '../../../src/domain/change/pull-facts.ts';
import type { Deed } from '../../../src/domain/change/record.ts';
import { policyOf } from '../samples.ts';
import {
  approvedBy,
  changeAfter,
  changeFrom,
  membership,
  openedDeed,
  part,
  person,
  policy,
  sha,
  subject,
  turn,
  twoOfPlatform,
} from './change-samples.ts';

const pull = {
  number: 7,
  state: 'open',
  isDraft: false,
  base: 'main',
  mergeable: 'yes',
  requiredChecks: [{ name: 'build', state: 'passed' }],
} as unknown as PullFacts;
const approvals = [approvedBy('ann'), approvedBy('bob')];
const change = changeAfter(...approvals);
const now = Date.parse('2027-01-04T10:00:00Z');
const tally = countApprovals({ change, part, policy, membership, isDamaged: false });
const good: GateFacts = {
  change,
  pull,
  subject,
  tally,
  earlier: [],
  freeze: undefined,
  now,
  policy,
  damage: 0,
  defaultBranch: 'main',
};

const withChanges = (lines: string) => policyOf(twoOfPlatform.replace('changes:', `changes:\n${lines}`));
const windowed = withChanges('  windows: [{ days: [tue], from: "09:00", to: "17:00", zone: Europe/London }]');
const soaking = withChanges('  waves: [{ places: ["aws-*"], soakMinutes: 60 }]');
const numbered = withChanges("  externalNumber: { pattern: 'CHG[0-9]+' }");
const going = withChanges('  go: true');
const wave = (isMerged: boolean, rollout?: GateFacts['earlier'][0]['rollout']) => [
  { place: 'aws-v1-prod', wave: 0, isMerged, rollout },
];
const applied = (at: string) => wave(true, { outcome: 'applied', at });
const turned = (over: object) => ({ ...subject, turns: [{ ...turn, ...over }] });
const rejection: Deed = {
  kind: 'rejected',
  change: 1,
  by: person('cleo'),
  reason: 'no',
  subjects: [subject],
  via: 'slack',
};
const after = (...deeds: readonly Deed[]) => changeAfter(...approvals, ...deeds);
const held: Deed = { kind: 'held', change: 1, by: person('olga'), reason: 'wait' };
const go: Deed = { kind: 'go', change: 1, by: person('olga'), subjects: [subject] };
const numberedAs = (externalNumber: string): Deed => ({
  kind: 'externally-numbered',
  change: 1,
  by: person('olga'),
  externalNumber,
});
const ended: Deed = { kind: 'ended', change: 1, why: 'expired', by: undefined, supersededBy: undefined };
const check = (state: string) => ({ ...pull, requiredChecks: [{ name: 'build', state }] }) as PullFacts;

test.each<[string, Partial<GateFacts>, readonly object[]]>([
  ['nothing', {}, []],
  ['nothing once merged', { pull: { ...pull, state: 'merged' }, damage: 1 }, []],
  ['a damaged ledger', { damage: 2 }, [{ kind: 'ledger-damaged', records: 2 }]],
  ['its end', { change: after(ended) }, [{ kind: 'ended' }]],
  ['a closed pull request', { pull: { ...pull, state: 'closed' } }, [{ kind: 'ended' }]],
  [
    'an earlier wave not merged',
    { earlier: wave(false) },
    [{ kind: 'wave', after: ['aws-v1-prod'], why: 'not-merged' }],
  ],
  ['an earlier wave not applied', { earlier: wave(true) }, [{ kind: 'wave', why: 'not-applied' }]],
  [
    'an earlier wave that failed',
    { earlier: wave(true, { outcome: 'failed', at: '2027-01-04T09:00:00Z' }) },
    [{ kind: 'wave', why: 'failed' }],
  ],
  [
    'an earlier wave applied nobody knows when',
    { earlier: applied('then') },
    [{ kind: 'wave', why: 'unknown' }],
  ],
  ['no wave that is applied', { earlier: applied('2027-01-04T09:59:00Z') }, []],
  [
    'soaking',
    { policy: soaking, earlier: applied('2027-01-04T09:30:00Z') },
    [{ kind: 'soak', until: '2027-01-04T10:30:00.000Z' }],
  ],
  ['no soaking once over', { policy: soaking, earlier: applied('2027-01-04T09:00:00Z') }, []],
  ['a draft', { pull: { ...pull, isDraft: true } }, [{ kind: 'draft' }]],
  ['a conflict', { pull: { ...pull, mergeable: 'conflicting' } }, [{ kind: 'conflict' }]],
  [
    'not known to be mergeable',
    { pull: { ...pull, mergeable: 'unknown' } },
    [{ kind: 'mergeability-unknown' }],
  ],
  ['another base', { pull: { ...pull, base: 'dev' } }, [{ kind: 'wrong-base', base: 'dev' }]],
  [
    'a tag that is gone',
    { subject: turned({ target: undefined }) },
    [{ kind: 'tag-missing', tag: 'v1.1.0' }],
  ],
  [
    'what runs already',
    { subject: turned({ from: 'tag v1.1.0' }) },
    [{ kind: 'already-runs', tag: 'v1.1.0' }],
  ],
  ['no number', { policy: numbered }, [{ kind: 'external-number', given: undefined }]],
  [
    'a wrong number',
    { policy: numbered, change: after(numberedAs('xCHG1')) },
    [{ kind: 'external-number', given: 'xCHG1' }],
  ],
  ['no gate with a number', { policy: numbered, change: after(numberedAs('CHG1')) }, []],
  ['a rejection', { change: after(rejection) }, [{ kind: 'rejected', reason: 'no' }]],
  [
    'no rejection of what has changed',
    { change: after(rejection), subject: { ...subject, head: sha('b') } },
    [],
  ],
  ['approvals not counted', { tally: undefined }, [{ kind: 'approvals', needed: 1, given: 0 }]],
  [
    'too few approvals',
    {
      tally: countApprovals({
        change: changeAfter(approvedBy('ann')),
        part,
        policy,
        membership,
        isDamaged: false,
      }),
    },
    [{ kind: 'approvals', needed: 2, given: 1, missing: [] }],
  ],
  [
    'nobody to approve',
    {
      policy: policyOf(),
      environments: ['prod'],
      tally: countApprovals({ change, part, policy: policyOf(), membership, isDamaged: false }),
    },
    [{ kind: 'no-approvers', environments: ['prod'] }],
  ],
  ['a hold', { change: after(held) }, [{ kind: 'held', reason: 'wait' }]],
  ['a freeze', { freeze: { reason: 'fair', until: undefined } }, [{ kind: 'frozen', reason: 'fair' }]],
  ['a window', { policy: windowed }, [{ kind: 'window', opensAt: '2027-01-05T09:00:00.000Z' }]],
  [
    'a window after a freeze',
    { policy: windowed, freeze: { reason: 'x', until: '2027-01-05T12:00:00Z' } },
    [{ kind: 'frozen' }, { kind: 'window', opensAt: '2027-01-05T12:00:00.000Z' }],
  ],
  [
    'a window in a freeze without end',
    { policy: windowed, freeze: { reason: 'x', until: undefined } },
    [{ kind: 'frozen' }, { kind: 'window', opensAt: undefined }],
  ],
  ['a check that runs', { pull: check('pending') }, [{ kind: 'checks', pending: ['build'], failed: [] }]],
  ['a check that failed', { pull: check('failed') }, [{ kind: 'checks', pending: [], failed: ['build'] }]],
  ['no Go', { policy: going }, [{ kind: 'go' }]],
  ['nothing after the Go', { policy: going, change: after(go) }, []],
  [
    'a Go for what has changed',
    { policy: going, change: after(go), subject: { ...subject, head: sha('b') } },
    [{ kind: 'go' }],
  ],
])('what keeps it is %s', (_, over, gates) => {
  const decided = decideGates({ ...good, ...over });
  expect(decided).toMatchObject(gates);
});

/** Every gate at once. */
const everything = (deeds: readonly Deed[], extra = ''): GateFacts =>
  ({
    ...good,
    change: changeFrom(...deeds, rejection, held, ended),
    policy: withChanges(
      `  go: true\n  externalNumber: { pattern: 'CHG' }\n  windows: [{ days: [tue], from: "09:00", to: "17:00", zone: Europe/London }]\n  waves: [{ places: ["*"], soakMinutes: 60 }]${extra}`,
    ),
    earlier: [...applied('2027-01-04T09:59:00Z'), ...wave(false)],
    freeze: { reason: 'x', until: undefined },
    tally: undefined,
    damage: 1,
    subject: turned({ target: undefined }),
    pull: { ...check('failed'), isDraft: true, mergeable: 'conflicting', base: 'dev' },
  }) as GateFacts;
const kinds = (facts: GateFacts) => decideGates(facts).map(({ kind }) => kind);
const stays = [
  'ledger-damaged',
  'ended',
  'draft',
  'conflict',
  'wrong-base',
  'tag-missing',
  'approvals',
  'held',
  'checks',
];
const asked: Deed = { kind: 'override-asked', change: 1, by: person('olga'), reason: 'fire' };
const confirmed = (name: string): Deed => ({ kind: 'override-confirmed', change: 1, by: person(name) });
const back = { ...openedDeed, what: { ...openedDeed.what, back: true } } as typeof openedDeed;

test('a confirmed override lifts when, never who and what', () => {
  expect(kinds(everything([openedDeed, asked, confirmed('dan')]))).toEqual(stays);
});

test.each([
  ['not confirmed', [openedDeed, asked]],
  ['confirmed by the requester', [openedDeed, asked, confirmed('rita')]],
  ['confirmed by who asked', [openedDeed, asked, confirmed('olga')]],
])('an override %s lifts nothing', (_, deeds) => {
  expect(kinds(everything(deeds))).toEqual(
    expect.arrayContaining(['wave', 'soak', 'external-number', 'frozen', 'window', 'go']),
  );
});

test('back to what ran before waits for no window, freeze, wave, number or Go', () => {
  expect(kinds(everything([back]))).toEqual(stays);
});

test('back keeps windows and freezes where the policy says so', () => {
  const facts = everything([back], '\n  back: { who: members, windows: true }');
  expect(kinds(facts)).toEqual(stays.toSpliced(-1, 0, 'frozen', 'window'));
});
