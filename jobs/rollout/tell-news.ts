import { combineOutcomes } from '../../src/domain/rollout/combine-outcomes.ts';
import type { Outcome } from '../../src/domain/rollout/outcome.ts';
import { type RolloutAudience, rolloutEnd, rolloutRecovered } from '../../src/views/rollout-end.ts';
import { notAllowedNote } from '../../src/views/rollout-note.ts';
import type { JobDeps } from '../deps.ts';
import type { Understood } from '../known-platform.ts';
import type { SaidMessage, SlackText } from '../ports.ts';
import { said } from './keys.ts';
import type { RolloutPart } from './rollout.ts';
import type { Telling } from './telling.ts';

type Deps = Pick<JobDeps, 'speaker'>;

/**
 * Trouble of each merge, recovery from it, and the end, each once in the thread. What was told of a merge is told by
 * the ledger, on which it is recorded afterwards, and by the keys of what was said, so that nothing hangs on memory.
 */
export async function tellNews(deps: Deps, telling: Telling, message: SaidMessage): Promise<void> {
  const { rollout, told, known, now, notAllowed } = telling;
  const { story, outcomes } = told;
  const say = (key: string, text: SlackText) => sayInThread(deps, telling, message, key, text);
  if (notAllowed.length > 0) await say(said.notAllowed(rollout.key), notAllowedNote(notAllowed));
  const audience = { requestedBy: rollout.requestedBy, onCall: onCallOf(known) };
  const is = (kind: Outcome['kind']) => (part: RolloutPart) => outcomes.get(part.pull.number)?.kind === kind;
  const failed = rollout.parts.filter(is('failed')).filter(({ recorded }) => recorded?.outcome !== 'failed');
  if (failed.length > 0) {
    const outcome = combineOutcomes(
      failed.flatMap(({ pull }) => outcomes.get(pull.number) ?? []),
      true,
    );
    if (outcome.kind === 'failed')
      await say(newsOf(telling, 'failed', failed), rolloutEnd({ ...story, outcome }, audience, now));
  }
  const { outcome } = story;
  if (outcome.kind === 'stuck') {
    const stuck = rollout.parts.filter(is('stuck'));
    await say(newsOf(telling, 'stuck', stuck), rolloutEnd({ ...story, outcome }, audience, now));
  }
  const back = rollout.parts.filter(is('applied')).filter(({ recorded }) => recorded?.outcome === 'failed');
  if (outcome.kind === 'applied') await tellEnd(deps, telling, message, audience, back.length > 0);
  else if (back.length > 0) {
    const pulls = back.map(({ pull }) => pull);
    await say(newsOf(telling, 'recovered', back), rolloutRecovered(story, pulls, audience));
  }
}

async function tellEnd(
  deps: Deps,
  telling: Telling,
  message: SaidMessage,
  audience: RolloutAudience,
  isBack: boolean,
): Promise<void> {
  const { rollout, told, now } = telling;
  const { outcome } = told.story;
  if (outcome.kind !== 'applied') return;
  const hadTrouble = isBack || (await wasStuck(deps, telling, message));
  const text = rolloutEnd({ ...told.story, outcome }, audience, now, hadTrouble);
  await sayInThread(deps, telling, message, newsOf(telling, 'applied', rollout.parts), text);
}

/** Being stuck is on no record; the thread tells. */
async function wasStuck({ speaker }: Deps, telling: Telling, message: SaidMessage): Promise<boolean> {
  const { rollout, told } = telling;
  const place = { kind: 'thread', ...message } as const;
  for (const part of rollout.parts) {
    const key = newsOf(telling, 'stuck', [part]);
    if ((await speaker.find(key, place, told.story.startedAt)) !== undefined) return true;
  }
  return false;
}

async function sayInThread(
  { speaker }: Deps,
  { told, shown }: Telling,
  message: SaidMessage,
  key: string,
  text: SlackText,
): Promise<void> {
  if (shown.news.has(key)) return;
  const options = { since: told.story.startedAt };
  await speaker.sayOnce(key, { kind: 'thread', ...message }, text, options);
  shown.news.add(key);
}

/** The same trouble of the same merge has one key, until a record tells that it was over. */
function newsOf(
  { rollout }: Telling,
  what: Parameters<typeof said.news>[1],
  parts: readonly RolloutPart[],
): string {
  // Whatever came between, a rollout ends well once.
  const isEnd = what === 'applied';
  const about = parts.map(({ pull, recorded }) =>
    isEnd ? `${pull.number}` : `${pull.number}.${recorded?.times ?? 0}`,
  );
  return said.news(rollout.key, what, about.join('+'));
}

function onCallOf({ policy }: Understood): string | undefined {
  const { who } = policy.changes.back;
  return who === undefined || who === 'members' ? undefined : who.usergroups[0];
}
