import type { Gate } from '../../../src/domain/change/gates.ts';
import type { Deed } from '../../../src/domain/change/record.ts';
import type { CommitSha, GitHubLogin } from '../../../src/domain/ids.ts';
import { changeDone, changeRefused, changeWaiting } from '../../../src/views/change/change-answer.ts';
import { commentAnswer } from '../../../src/views/change/change-comment.ts';
import { deedLine, reminderLine, voidedLine } from '../../../src/views/change/change-thread.ts';
import { changesView } from '../../../src/views/change/changes-list.ts';
import { doctorView } from '../../../src/views/change/doctor-view.ts';
import { externalNumberForm } from '../../../src/views/change/external-number-form.ts';
import { gateName, gateWords } from '../../../src/views/change/gate-words.ts';
import { promoteForm, readPromoteForm } from '../../../src/views/change/promote-form.ts';
import { refusalWords } from '../../../src/views/change/refusal-words.ts';
import { readRejectForm, rejectForm } from '../../../src/views/change/reject-form.ts';
import { markdown, plainText } from '../../../src/views/change/sentence.ts';
import { ann, bob, expectMessage, expectView, readAloud, sheetOf, subjectOf } from './change-samples.ts';

const until = '2026-11-25T09:00:00Z';
const gates: readonly (readonly [Gate, string])[] = [
  [{ kind: 'ledger-damaged', records: 2 }, '2 records'],
  [{ kind: 'ended' }, 'has ended'],
  [{ kind: 'wave', after: ['aws-v1-prod'], why: 'failed' }, 'recovered'],
  [{ kind: 'soak', until }, 'until 2026-11-25 09:00 UTC'],
  [{ kind: 'draft' }, 'ready for review'],
  [{ kind: 'conflict' }, 'Solve the conflict'],
  [{ kind: 'mergeability-unknown' }, 'looks again'],
  [{ kind: 'wrong-base', base: 'dev', isFollowed: false }, 'goes to dev, not to the default branch'],
  [{ kind: 'wrong-base', base: 'live', isFollowed: true }, 'goes to live, which production follows'],
  [{ kind: 'superseded', by: 13 }, 'Change 13, which was asked for later'],
  [{ kind: 'review', why: 'missing' }, 'must review the pull request on GitHub'],
  [{ kind: 'review', why: 'changes-requested' }, 'asks for changes'],
  [{ kind: 'refused-merge', message: 'Not now', until }, 'GitHub does not take the merge: “Not now”'],
  [{ kind: 'tag-missing', tag: 'v1.0.0' }, 'no tag v1.0.0'],
  [{ kind: 'already-runs', tag: 'v1.0.0' }, 'runs there already'],
  [{ kind: 'external-number', name: 'RFC', pattern: 'RFC\\d+', given: undefined }, 'RFC is missing'],
  [{ kind: 'rejected', by: ann, reason: 'not today' }, 'Rejected by ann'],
  [{ kind: 'no-approvers', environments: ['prod'] }, 'changes.approvers'],
  [{ kind: 'approvals', needed: 2, given: 1, missing: [] }, 'One more person must approve'],
  [{ kind: 'approvals', needed: 2, given: 2, missing: ['db'] }, 'db must give one.'],
  [{ kind: 'held', by: bob, reason: 'wait' }, 'hold is lifted'],
  [{ kind: 'frozen', reason: 'sale', until: undefined }, '/trunkline unfreeze'],
  [{ kind: 'window', opensAt: until }, 'when the window opens: 2026-11-25 09:00 UTC'],
  [{ kind: 'go' }, 'waits for the Go'],
  [{ kind: 'checks', pending: ['ci'], failed: [] }, 'not done yet: ci'],
];

describe('gates', () => {
  it.each(gates)('%j names what would open it', (gate, said) => {
    expect(plainText(gateWords(gate))).toContain(said);
    expect(gateName(gate)).not.toBe('');
  });

  it('a reason neither mentions nor links on GitHub', () => {
    const text = markdown(
      gateWords({ kind: 'held', by: ann, reason: '@org/all see https://evil.example #1\n# loud' }),
    );
    expect(text).not.toMatch(/@org|https:\/\/|#1|\n/);
  });
});

it('tells somebody without an identity what to do', () => {
  expect(refusalWords('no-identity')).toBe(
    'Nothing tells which accounts on Slack and GitHub are yours: the policy does not name you, and no address in your Slack profile is one that the organisation has verified for an account on GitHub. Ask the platform team to add you under `people` in .github/trunkline.yaml.',
  );
  expect(refusalWords('unknown-change', { change: 7 })).toContain('no change 7');
  expect(commentAnswer({ kind: 'refused', code: 'requester' }, 'ann')).toBe(
    '`ann`: You asked for this change, so somebody else must approve it.',
  );
});

const change = 12;
const deeds: readonly Deed[] = [
  { kind: 'approved', change, by: ann, subjects: [subjectOf()], via: 'comment' },
  { kind: 'rejected', change, by: ann, reason: '<!channel>', subjects: [], via: 'slack' },
  { kind: 'taken-back', change, by: ann, via: 'review' },
  { kind: 'held', change, by: ann, reason: 'x' },
  { kind: 'hold-lifted', change, by: ann },
  { kind: 'externally-numbered', change, by: ann, externalNumber: 'RFC1' },
  { kind: 'go', change, by: ann, subjects: [] },
  { kind: 'override-asked', change, by: ann, reason: 'fire' },
  { kind: 'override-confirmed', change, by: bob },
  { kind: 'frozen', by: ann, reason: 'sale', until },
  { kind: 'unfrozen', by: ann },
  {
    kind: 'merged',
    change,
    pull: 31,
    commit: 'a'.repeat(40) as CommitSha,
    subject: undefined,
    past: 'eve' as GitHubLogin,
    approvedBy: [],
  },
  { kind: 'applied', change, pull: 31, outcome: 'failed' },
  { kind: 'ended', change, why: 'superseded', by: undefined, supersededBy: 13 },
];

it.each(deeds)('the thread tells of $kind', (deed) => {
  expectMessage(deedLine(deed));
});

it('the thread raises an alarm, reminds, and asks again', () => {
  expect(
    readAloud(deeds.filter(({ kind }) => kind === 'merged').map((deed) => deedLine(deed).blocks)),
  ).toContain('MERGED UNAPPROVED: #31 was merged past Trunkline by eve (GitHub)');
  expectMessage(reminderLine(sheetOf()));
  const again = voidedLine(['the head: abcdef0 → 1234567']);
  expectMessage(again);
  expect(readAloud(again.blocks)).toContain('has changed: the head: abcdef0 → 1234567.');
});

describe('forms and notes', () => {
  const button = { repo: 'a/b', change: 12, shown: 'x' };
  it('are views that Slack takes', () => {
    expectView(rejectForm(button));
    expectView(externalNumberForm(button, { name: 'RFC', pattern: '\\d+' }));
    expectView(changeWaiting('x'.repeat(300)));
    expectView(changeDone('approved', 12));
    expectView(changeRefused('no-identity', { change: 12 }));
    expectView(changesView([]));
    expectView(changesView([sheetOf()]));
  });

  it.each([0, 1, 10, 11, 150])('promote to %d places', (places) => {
    const view = promoteForm({
      releases: Array.from({ length: 150 }, (_, index) => ({ tag: `v0.0.${150 - index}` })),
      places: Array.from({ length: places }, (_, index) => ({ name: `aws-v${index}-prod`, runs: 'v0.0.1' })),
      externalNumber: { name: 'RFC', pattern: '\\d+' },
      metadata: '{}',
    });
    expectView(view);
    if (places === 150) expect(readAloud(view.blocks)).toContain('50 more do not fit here');
  });

  it('read what was typed', () => {
    expect(readRejectForm({ values: { reason: { value: { value: ' no ' } } } })).toEqual({ reason: 'no' });
    const values = {
      tag: { value: { selected_option: { value: 'v1' } } },
      places: { value: { selected_options: [{ value: 'p' }] } },
      externalNumber: { value: { value: null } },
    };
    expect(readPromoteForm({ values })).toEqual({ tag: 'v1', places: ['p'], externalNumber: undefined });
  });

  it('the doctor names a missing rule and a damaged ledger', () => {
    const damage = Array.from(
      { length: 100 },
      () => ({ why: 'edited', where: '<!channel>'.repeat(50) }) as const,
    );
    const view = doctorView({
      rule: 'missing',
      damage,
      approvers: [{ environments: ['prod'], needed: 2, people: 1 }],
      channel: 'C0CHANGES',
      reach: 'member',
    });
    expectView(view);
    expect(readAloud(view.blocks)).toContain('only 1 person may approve');
    expect(readAloud(view.blocks)).toContain('and 75 more');
  });

  it.each([
    ['member', 'Trunkline is in it'],
    ['not-a-member', 'Invite it there'],
    ['unknown-channel', 'which there is not'],
    ['archived', 'which is archived'],
    ['unknown', 'could not be asked'],
  ] as const)('the doctor says of a channel that is %s: %s', (reach, words) => {
    const view = doctorView({
      rule: 'unknown',
      damage: undefined,
      approvers: [],
      channel: 'C0CHANGES',
      reach,
    });
    expectView(view);
    expect(readAloud(view.blocks)).toContain(words);
    expect(readAloud(view.blocks)).toContain('could not be read');
  });
});
