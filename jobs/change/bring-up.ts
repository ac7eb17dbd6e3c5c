import { dueReminder } from '../../src/domain/change/due-reminder.ts';
import type { LedgerRecord, Subject } from '../../src/domain/change/record.ts';
import { whatChanged } from '../../src/domain/change/what-changed.ts';
import type { SlackChannelId } from '../../src/domain/ids.ts';
import { PermanentError } from '../../src/errors.ts';
import { changeComment } from '../../src/views/change/change-comment.ts';
import { changeMessage } from '../../src/views/change/change-message.ts';
import { deedLine, reminderLine, troubleLine, voidedLine } from '../../src/views/change/change-thread.ts';
import type { JobDeps } from '../deps.ts';
import type { Log, SaidMessage } from '../ports.ts';
import { rolloutUrlOf } from '../rollout/rollout-url.ts';
import { checkOfPart } from './check-of-part.ts';
import { digestOf } from './digest-of.ts';
import { COMMENT, said } from './keys.ts';
import { readNonProduction } from './read-non-production.ts';
import { type CheckVerdict, reportCheck } from './report-check.ts';
import type { ChangeScene } from './scene.ts';
import { sheetOf } from './sheet-of.ts';

/** Brings check, message, thread and comment of a change up to what is so. Only what is missing or new is said. */
export async function bringUp(
  deps: JobDeps,
  scene: ChangeScene,
  log: Log,
  trouble?: string | undefined,
): Promise<void> {
  await reportChecks(deps, scene);
  const sheet = sheetOf(
    scene,
    await readNonProduction(deps, scene),
    await rolloutUrlOf(deps, scene.repo, scene.change.number),
  );
  const message = await showMessage(deps, scene, sheet, log);
  if (message !== undefined) {
    await showThread(deps, scene, message);
    await remind(deps, scene, sheet, message);
    if (trouble !== undefined) await showTrouble(deps, scene, message, trouble);
  }
  for (const part of sheet.parts) {
    if (part.pull === undefined || part.state === 'to-come') continue;
    const text = changeComment(sheet, part);
    const key = `${scene.repo}#${part.pull.number}`;
    if (deps.memory.comments.get(key) === text) continue;
    await deps.changes.comment(scene.repo, part.pull.number, COMMENT, text);
    deps.memory.comments.put(key, text);
  }
}

async function reportChecks({ changes }: JobDeps, scene: ChangeScene): Promise<void> {
  for (const { pull, production } of scene.parts) {
    if (pull?.state !== 'open') continue;
    const isHarmless = production?.kind === 'none' && scene.change.pull !== undefined;
    const verdict: CheckVerdict = isHarmless
      ? 'passes'
      : scene.change.ended === undefined
        ? 'waits'
        : 'refused';
    await reportCheck(changes, pull, verdict, checkOfPart(scene, isHarmless ? undefined : pull.number));
  }
}

async function showMessage(
  { speaker }: JobDeps,
  { repo, change, known, facts, parts }: ChangeScene,
  sheet: ReturnType<typeof sheetOf>,
  log: Log,
): Promise<SaidMessage | undefined> {
  const key = said.message(repo, change.number);
  const place = { kind: 'channel', channel: known.policy.channels.changes } as const;
  const text = changeMessage(sheet, { shown: digestOf(subjectsOf(parts)), now: facts.at });
  try {
    const message = await speaker.sayOnce(key, place, text, {
      since: Date.parse(change.openedAt),
    });
    await speaker.update(key, message, text);
    return message;
  } catch (error) {
    // A channel is the policy's business; the pull request shows the change all the same.
    if (!(error instanceof PermanentError)) throw error;
    log.error({ err: error, channel: place.channel }, 'cannot show a change in its channel');
    return undefined;
  }
}

/** What stands open of a change, as people see it. */
export function subjectsOf(parts: ChangeScene['parts']): readonly Subject[] {
  return parts.flatMap(({ subject }) => subject ?? []);
}

/** Said once for each reason, not at every look. */
async function showTrouble(
  { speaker }: JobDeps,
  { repo, change }: ChangeScene,
  message: SaidMessage,
  code: string,
): Promise<void> {
  await speaker.sayOnce(
    said.trouble(repo, change.number, code),
    { kind: 'thread', ...message },
    troubleLine(code),
    { since: Date.parse(change.openedAt) },
  );
}

/** Its key stands in the message itself, so that each is said once whatever is forgotten. */
async function remind(
  { speaker }: JobDeps,
  { repo, change, known, facts, parts }: ChangeScene,
  sheet: ReturnType<typeof sheetOf>,
  message: SaidMessage,
): Promise<void> {
  const number = dueReminder({
    openedAt: change.openedAt,
    isEnded: change.ended !== undefined,
    open: parts.flatMap(({ pull, gates }) => (pull?.state === 'open' ? [gates] : [])),
    everyHours: known.policy.changes.remindAfterHours,
    now: facts.at,
  });
  if (number === undefined) return;
  await speaker.sayOnce(
    said.reminder(repo, change.number, number),
    { kind: 'thread', ...message },
    reminderLine(sheet),
    { since: Date.parse(change.openedAt) },
  );
}

async function showThread(
  { speaker }: JobDeps,
  { repo, change, ledger, parts }: ChangeScene,
  { channel, ts }: { readonly channel: SlackChannelId; readonly ts: string },
): Promise<void> {
  const place = { kind: 'thread', channel, ts } as const;
  const since = Date.parse(change.openedAt);
  const own = ledger.records.filter((record) => isAbout(record, change.number));
  for (const { id, deed } of own) {
    const text = deedLine(deed);
    await speaker.sayOnce(said.deed(repo, change.number, id), place, text, { since });
  }
  for (const { subject } of parts) {
    if (subject === undefined) continue;
    const before = change.approvals
      .flatMap(({ subjects }) => subjects)
      .findLast(({ pull }) => pull === subject.pull);
    const changed = before === undefined ? [] : whatChanged(before, subject);
    if (changed.length === 0) continue;
    const key = said.asked(repo, change.number, digestOf([subject]));
    await speaker.sayOnce(key, place, voidedLine(changed), { since });
  }
}

function isAbout({ deed }: LedgerRecord, change: number): boolean {
  return 'change' in deed && deed.change === change && deed.kind !== 'opened';
}
