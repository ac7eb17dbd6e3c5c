// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of source, which is full of templates
import type { Bug } from './bug.ts';

const merge = 'jobs/change/merge-part.ts';
const judge = 'src/domain/change/judge-approver.ts';
const gates = 'src/domain/change/decide-gates.ts';
const speaker = 'src/adapters/slack/speaker.ts';
const intent = 'jobs/change/change-intent.ts';
const sameSubject = 'src/domain/change/same-subject.ts';
const changesOf = 'src/domain/change/changes-of.ts';
const bringUp = 'jobs/change/bring-up.ts';
const limiter = 'src/adapters/github/limiter.ts';
const deciding = 'src/domain/decide-opening.ts';

/** Mistakes that somebody could make in the bot, each a few characters of its source. */
export const BUGS: readonly Bug[] = [
  {
    name: 'a merge that does not name its head',
    breaks: 'I3',
    line: 'change',
    edits: [['src/adapters/github/change/merge-pull.ts', '    sha: head,\n', '']],
  },
  {
    name: 'gates that are not read again before a merge',
    breaks: 'I4',
    line: 'change',
    edits: [
      [
        merge,
        'await readScene(deps, scene.repo, scene.change.number, { isFresh: true })',
        "{ kind: 'scene', scene } as const",
      ],
    ],
  },
  {
    name: 'a merge of a head that turned up meanwhile',
    breaks: 'I3',
    line: 'change',
    edits: [[merge, '!isReady(part) || part.pull.head !== ready.pull.head', 'part.pull.head === undefined']],
  },
  {
    name: 'a stop that does not turn the check back',
    breaks: 'I4',
    line: 'change',
    edits: [
      ['jobs/change/stop-merging.ts', 'if (!STOPS.includes(deed.kind)) return;', 'if (deed.kind) return;'],
    ],
  },
  {
    name: 'an approval that is told before it is recorded',
    breaks: 'I5',
    line: 'change',
    edits: [
      [
        intent,
        '  const { record } = await deps.book.append(',
        "  if (wish.kind === 'approve') await answer(deps, payload, { kind: 'done', deed: 'approved', change: number });\n  const { record } = await deps.book.append(",
      ],
    ],
  },
  {
    name: 'an approval that is not bound to the head',
    breaks: 'I3',
    line: 'change',
    edits: [[sameSubject, 'one.head === other.head', 'one.head !== undefined']],
  },
  {
    name: 'an approval that is not bound to the commit of the tag',
    breaks: 'I3',
    line: 'change',
    edits: [[sameSubject, 'turn.target === against.target', 'turn.target !== null']],
  },
  {
    name: 'an approval of what its giver had not seen',
    breaks: 'I3',
    line: 'change',
    edits: [
      [
        'src/domain/change/judge-wish.ts',
        'return shown !== undefined && shown !== current;',
        'return false;',
      ],
    ],
  },
  {
    name: 'a requester who approves',
    breaks: 'I4',
    line: 'change',
    edits: [
      [judge, 'isMember, isNotRequester, isNotPusher', 'isMember, isNotPusher'],
      [
        judge,
        '  const names = groups.filter((group) => isIn(accounts, group, membership))',
        '  const names = groups',
      ],
      [
        'src/domain/change/count-approvals.ts',
        'isIn(accounts, group, membership)),\n      );\n    });',
        'group !== undefined),\n      );\n    });',
      ],
    ],
  },
  {
    name: 'one approval where two are needed',
    breaks: 'I4',
    line: 'change',
    edits: [
      [
        'src/domain/change/count-approvals.ts',
        'Math.max(0, rule.needed - counted.length)',
        'Math.max(0, rule.needed - 1 - counted.length)',
      ],
    ],
  },
  {
    name: 'one person whose two approvals count twice',
    breaks: 'I4',
    line: 'change',
    edits: [
      [
        changesOf,
        'approvals: [...without(change.approvals, by), given]',
        'approvals: [...change.approvals, given]',
      ],
      [
        'src/domain/change/count-approvals.ts',
        'else if (!given.some((other) => samePerson(other.by, by, wish.policy)))',
        'else',
      ],
    ],
  },
  {
    name: 'an approval that cannot be taken back',
    breaks: 'I4',
    line: 'change',
    edits: [[changesOf, 'approvals: without(change.approvals, deed.by),', 'approvals: change.approvals,']],
  },
  {
    name: 'a rejection that stops nothing',
    breaks: 'I4',
    line: 'change',
    edits: [
      [gates, '  rejectedGate,\n', ''],
      [
        changesOf,
        'approvals: without(change.approvals, by),\n        rejections',
        'approvals: change.approvals,\n        rejections',
      ],
    ],
  },
  { name: 'a hold that holds nothing', breaks: 'I4', line: 'change', edits: [[gates, '  heldGate,\n', '']] },
  {
    name: 'a freeze that stops nothing',
    breaks: 'I4',
    line: 'change',
    edits: [[gates, '  frozenGate,\n', '']],
  },
  {
    name: 'a change that merges after its end',
    breaks: 'I4',
    line: 'change',
    edits: [
      [gates, '  endedGate,\n', ''],
      [
        'jobs/change/end-change.ts',
        'if (change.ended !== undefined) return closeLeft(deps, scene);',
        'if (change.ended !== undefined) return false;',
      ],
    ],
  },
  {
    name: 'groups that are remembered where they decide',
    breaks: 'I4',
    line: 'change',
    edits: [
      [
        'src/adapters/slack/people.ts',
        'if (known !== undefined && !fresh) return known;',
        'if (known !== undefined) return known;',
      ],
    ],
  },
  {
    name: 'somebody deactivated who still counts',
    breaks: 'I4',
    line: 'change',
    edits: [[judge, 'isIdentified, isMember, isNotRequester', 'isIdentified, isNotRequester']],
  },
  {
    name: 'a ledger that is not read again where it decides',
    breaks: 'I4',
    line: 'change',
    edits: [['jobs/change/change-scene.ts', 'maxAgeMs: isFresh ? 0 : LEDGER_AGE_MS', 'maxAgeMs: 300_000']],
  },
  {
    name: 'a record that is written again after an unclear answer',
    breaks: 'I5',
    line: 'change',
    edits: [
      [
        'src/adapters/github/ledger/create-ledger-book.ts',
        "if (found !== 'taken') return found;",
        'if (found !== undefined) return undefined;',
      ],
    ],
  },
  {
    name: 'an unclear answer taken for a record',
    breaks: 'I5',
    line: 'change',
    edits: [
      [
        'src/adapters/github/ledger/create-ledger-book.ts',
        '        failure = error;',
        '        return { ledger: ledgerOf(state, at.repo), record };',
      ],
    ],
  },
  {
    name: 'a check that is green before the gates hold',
    breaks: 'I4',
    line: 'change',
    edits: [
      [
        bringUp,
        'const verdict: CheckVerdict = isHarmless',
        'const verdict: CheckVerdict = isHarmless || scene.change.ended === undefined',
      ],
    ],
  },
  {
    name: 'a head that nobody answers for',
    breaks: 'I6',
    line: 'change',
    edits: [
      [
        'jobs/look-at-pull.ts',
        "await reportCheck(deps.changes, pull, 'passes', checkOutput({ kind: 'none' }));",
        '',
      ],
    ],
  },
  {
    name: 'a merge that nobody records after a crash',
    breaks: 'I6',
    line: 'change',
    edits: [
      [
        'jobs/change/record-merges.ts',
        '  const news = parts.flatMap(',
        '  if (parts.length > 0) return false;\n  const news = parts.flatMap(',
      ],
    ],
  },
  {
    name: 'a wish that is dropped when GitHub does not answer',
    breaks: 'I6',
    line: 'change',
    edits: [
      [
        'src/adapters/queue/outcome.ts',
        'if (error instanceof PermanentError) {',
        "if (error instanceof Error && 'code' in error === false) { return new UnrecoverableError(error.message); }\n  if (error instanceof PermanentError) {",
      ],
    ],
  },
  {
    name: 'a refusal that nobody is told of',
    breaks: 'I6',
    line: 'change',
    edits: [
      [
        intent,
        "if (to === undefined || outcome.kind === 'none') return;",
        "if (to === undefined || outcome.kind === 'none' || outcome.kind === 'refused') return;",
      ],
    ],
  },
  {
    name: 'a sweep that does not come back after Redis lost everything',
    breaks: 'I6',
    line: 'change',
    edits: [
      [
        'src/adapters/queue/sweep.ts',
        '  const timer = setInterval(() => void keep(), KEEP_EVERY_MS);',
        '  const timer = setInterval(() => undefined, KEEP_EVERY_MS);',
      ],
    ],
  },
  {
    name: 'a sweep that does not look at what changed',
    breaks: 'I6',
    line: 'change',
    edits: [['jobs/sweep.ts', '    await deps.hints.lookAtPull(repo, pull.number);\n', '']],
  },
  {
    name: 'open changes that time never brings back',
    breaks: 'I6',
    line: 'change',
    edits: [
      [
        'jobs/sweep.ts',
        'if (await deps.marks.set(changesSweptMark(repo), CHANGES_EVERY_MS))',
        'if (repo === undefined)',
      ],
    ],
  },
  {
    name: 'a message that is posted without a look',
    breaks: 'I2',
    line: 'change',
    edits: [[speaker, 'if (!fresh || !isClaimed || isDoubtful) {', 'if (key === undefined) {']],
  },
  {
    name: 'two who post at once',
    breaks: 'I2',
    line: 'change',
    edits: [
      [
        speaker,
        'const isClaimed = await marks.set(claimMark(key), CLAIM_MS);',
        'const isClaimed = key.length > 0;',
      ],
      [speaker, 'if (holder === own) return message;', 'if (key.length > 0) return message;'],
    ],
  },
  {
    name: 'a poster that was paused past its claim',
    breaks: 'I2',
    line: 'change',
    edits: [[speaker, 'if (holder === own) return message;', 'if (key.length > 0) return message;']],
  },
  {
    name: 'extra messages that stay',
    breaks: 'I2',
    line: 'change',
    edits: [[speaker, '      await deleteMessage(client, spot.channel, ts);', '      void client;']],
  },
  {
    name: 'a message that is not brought up to the end',
    breaks: 'I7',
    line: 'change',
    edits: [[bringUp, '    await speaker.update(key, message, text);\n', '']],
  },
  {
    name: 'a message that counts as shown before it is',
    breaks: 'I7',
    line: 'change',
    edits: [
      [
        speaker,
        '      await callSlack(`update ${key}`',
        '      await marks.put(shownMark(key), wanted, REMEMBERED_MS);\n      await callSlack(`update ${key}`',
      ],
    ],
  },
  {
    name: 'a look that asks for itself at once',
    breaks: 'I8',
    line: 'change',
    edits: [
      [
        'jobs/look-at-change.ts',
        'lookAtChange(repo, number, { delayMs })',
        'lookAtChange(repo, number, { delayMs: 20 })',
      ],
    ],
  },
  {
    name: 'a limit that is not heeded',
    breaks: 'I8',
    line: 'change',
    edits: [[limiter, 'closedUntil.all = Math.max(closedUntil.all, now() + pause);', '']],
  },
  {
    name: 'gates that use the own clock',
    breaks: 'clock',
    line: 'change',
    edits: [['src/adapters/github/client.ts', 'return Number.isNaN(date) ? now() : date;', 'return now();']],
  },
  {
    name: 'a request that is another one at every delivery',
    breaks: 'I1',
    line: 'onboarding',
    edits: [
      [
        'handlers/slack/request-id-of.ts',
        '.update(`${viewId}\\n${content}`)',
        '.update(`${viewId}\\n${content}${Math.random()}`)',
      ],
    ],
  },
  {
    name: 'a request that does not look for its own pull request',
    breaks: 'I1',
    line: 'onboarding',
    edits: [[deciding, 'if (own) return', 'if (own && facts.pulls.length > 99) return']],
  },
  {
    name: 'a request that does not find what an earlier run left',
    breaks: 'I6',
    line: 'onboarding',
    edits: [
      [deciding, '    if (byUs) return', '    if (byUs && facts.pulls.length > 99) return'],
      [deciding, 'if (branch.requestId === requestId) {', 'if (branch.requestId === undefined) {'],
    ],
  },
  {
    name: 'a request that writes to a branch of somebody else',
    breaks: 'I1',
    line: 'onboarding',
    edits: [
      [
        deciding,
        '    if (byUs === undefined) return',
        "    if (byUs === false) return { kind: 'write', branch: name, missing: 'commit', head: branch.head, passedOver };\n    if (byUs === undefined) return",
      ],
    ],
  },
  {
    name: 'an asker who is not told of the end',
    breaks: 'I6',
    line: 'onboarding',
    edits: [
      [
        'jobs/onboard/request-news.ts',
        '    await this.#deps.speaker.sayOnce(said.end(this.#id), place, text, this.#once);',
        '',
      ],
    ],
  },
  {
    name: 'a request that is told as taken before Redis has it',
    breaks: 'I6',
    line: 'onboarding',
    edits: [
      [
        'handlers/slack/onboard/submit-preview.ts',
        'await deps.intake.onboard(payload);',
        'deps.intake.onboard(payload).catch(() => undefined);',
      ],
    ],
  },
  {
    name: 'news of a request that only webhooks bring',
    breaks: 'I6',
    line: 'onboarding',
    edits: [['jobs/sweep.ts', 'if (pull.ours) await deps.hints.lookAtRequest(repo, pull.number);', '']],
  },
  {
    name: 'a release on a tag of somebody else',
    breaks: 'I3',
    line: 'release',
    edits: [
      [
        'src/domain/release/decide-cut.ts',
        'if (!mayBeOurs || wanted.commit !== shown.commit) {',
        'if (wanted.commit === undefined) {',
      ],
    ],
  },
  {
    name: 'a release that is announced at every look',
    breaks: 'I2',
    line: 'release',
    edits: [
      [speaker, 'if (before !== undefined) return before;\n      const spot', 'const spot'],
      [
        speaker,
        'if (standing !== undefined) return remember(key, standing);\n      }\n      if (!isClaimed)',
        '}\n      if (!isClaimed)',
      ],
    ],
  },
];
