import { PermanentError } from '../../src/errors.ts';
import { rolloutComment } from '../../src/views/rollout-comment.ts';
import { rolloutEnd } from '../../src/views/rollout-end.ts';
import { rolloutMessage, rolloutThread } from '../../src/views/rollout-message.ts';
import { notAllowedNote } from '../../src/views/rollout-note.ts';
import type { JobDeps } from '../deps.ts';
import type { Understood } from '../known-platform.ts';
import type { Log, SaidMessage } from '../ports.ts';
import { ROLLOUT_COMMENT, said, toldMark } from './keys.ts';
import { linkFromRelease } from './link-from-release.ts';
import { recordOutcomes } from './record-outcomes.ts';
import { reportDeployments } from './report-deployments.ts';
import type { Rollout } from './rollout.ts';
import { linkFromChange, rolloutUrlOf } from './rollout-url.ts';
import { settle } from './settled.ts';
import { tellRequest } from './tell-request.ts';
import type { Telling } from './telling.ts';

type Deps = JobDeps & { readonly log: Log };

/** What was told of a rollout before, as its mark holds it. */
interface Told {
  /** How often there was trouble. */
  readonly episode: number;
  readonly inTrouble: boolean;
}

const KEPT_MS = 8 * 24 * 60 * 60_000;

/**
 * Brings what people see of a rollout up to what is so, and only then records how it ended, so that whatever breaks
 * off is done again.
 *
 * @returns whether that was the end of it.
 */
export async function tellRollout(deps: Deps, telling: Telling): Promise<boolean> {
  const { rollout, told, known } = telling;
  const isLoud = rollout.change !== undefined;
  const message = isLoud ? await showMessage(deps, telling) : undefined;
  const url = message && (await addressOf(deps, rollout, message));
  if (message !== undefined && url !== undefined) {
    await linkFromChange(deps, rollout, url);
    await tellNews(deps, telling, message);
    await linkFromRelease(deps, rollout, known, url);
  }
  if (message !== undefined || !isOld(telling)) await tellElsewhere(deps, telling, url);
  await recordOutcomes(deps, telling);
  const { outcome } = told.story;
  const isOver = outcome.kind === 'applied' || outcome.kind === 'superseded' || isOld(telling);
  if (isOver) await settle(deps, rollout.key);
  return isOver;
}

/** Asked of Slack once, as far as is remembered. */
async function addressOf(deps: Deps, { repo, change }: Rollout, message: SaidMessage): Promise<string> {
  const known = change && (await rolloutUrlOf(deps, repo, change.number));
  return known ?? deps.speaker.linkTo(message);
}

/** On GitHub, and to whoever asked for a tenant. */
async function tellElsewhere(deps: Deps, telling: Telling, url: string | undefined): Promise<void> {
  const { rollout, told, known } = telling;
  await comment(deps, telling, url);
  if (rollout.change !== undefined) await reportDeployments(deps, rollout, told, url);
  else await tellRequest(deps, rollout, told.story, known);
}

/** Nothing is followed for longer than the policy says; what it came to by then is told. */
function isOld({ rollout, known, now }: Telling): boolean {
  const newest = Math.max(...rollout.parts.map(({ pull }) => pull.at));
  return now - newest >= known.policy.rollout.longestMinutes * 60_000;
}

async function showMessage({ speaker, log }: Deps, telling: Telling): Promise<SaidMessage | undefined> {
  const { rollout, known, now } = telling;
  const { story } = telling.told;
  const key = said.message(rollout.key);
  const place = { kind: 'channel', channel: known.policy.channels.rollouts } as const;
  const text = rolloutMessage(story, now);
  const options = { fresh: false, since: story.startedAt };
  try {
    // What is long past is no news where nobody was told of it.
    const message = isOld(telling)
      ? await speaker.find(key, place, story.startedAt)
      : await speaker.sayOnce(key, place, text, options);
    if (message === undefined) return undefined;
    await speaker.update(key, message, text);
    for (const [n, page] of rolloutThread(story, now).entries()) {
      const pageKey = said.page(rollout.key, n);
      await speaker.update(
        pageKey,
        await speaker.sayOnce(pageKey, { kind: 'thread', ...message }, page, options),
        page,
      );
    }
    return message;
  } catch (error) {
    // A channel is the policy's business; the pull request and the change tell of the rollout all the same.
    if (!(error instanceof PermanentError)) throw error;
    log.error({ err: error, channel: place.channel }, 'cannot show a rollout in its channel');
    return undefined;
  }
}

/** Trouble, recovery and the end, each once. */
async function tellNews(
  { speaker, marks }: Deps,
  { rollout, told: { story }, known, now, notAllowed }: Telling,
  message: SaidMessage,
): Promise<void> {
  const place = { kind: 'thread', ...message } as const;
  const options = { fresh: false, since: story.startedAt };
  if (notAllowed.length > 0)
    await speaker.sayOnce(said.notAllowed(rollout.key), place, notAllowedNote(notAllowed), options);
  const { outcome } = story;
  const before = await readTold({ marks }, rollout);
  if (outcome.kind === 'under-way' || outcome.kind === 'superseded') return;
  const isTrouble = outcome.kind !== 'applied';
  if (isTrouble && before.inTrouble) return;
  const episode = isTrouble ? before.episode + 1 : before.episode;
  const what = isTrouble ? 'trouble' : before.inTrouble ? 'recovered' : 'applied';
  const audience = { requestedBy: rollout.requestedBy, onCall: onCallOf(known) };
  const text = rolloutEnd({ ...story, outcome }, audience, now, before.inTrouble);
  await speaker.sayOnce(said.news(rollout.key, what, episode), place, text, options);
  const after: Told = { episode, inTrouble: isTrouble };
  await marks.put(toldMark(rollout.key), JSON.stringify(after), KEPT_MS);
}

async function readTold({ marks }: Pick<Deps, 'marks'>, rollout: Rollout): Promise<Told> {
  const text = await marks.get(toldMark(rollout.key));
  const [episode, inTrouble] =
    /^\{"episode":(\d+),"inTrouble":(true|false)\}$/.exec(text ?? '')?.slice(1) ?? [];
  if (episode !== undefined) return { episode: Number(episode), inTrouble: inTrouble === 'true' };
  // Without the mark the ledger tells whether there was trouble.
  const hasFailed = rollout.parts.some(({ recorded }) => recorded === 'failed');
  return { episode: hasFailed ? 1 : 0, inTrouble: hasFailed };
}

function onCallOf({ policy }: Understood): string | undefined {
  const { who } = policy.changes.back;
  return who === undefined || who === 'members' ? undefined : who.usergroups[0];
}

/** On each merged pull request what became of it, once that is clear. */
async function comment(
  { changes, memory, log }: Deps,
  { rollout, told: { story } }: Telling,
  url: string | undefined,
): Promise<void> {
  const text = rolloutComment(story, url);
  if (text === undefined) return;
  const about = aboutOf(story);
  for (const { pull } of rollout.parts) {
    const key = `${rollout.repo}#${pull.number} rollout`;
    if (memory.comments.get(key) === about) continue;
    try {
      await changes.comment(rollout.repo, pull.number, ROLLOUT_COMMENT, text);
      memory.comments.put(key, about);
    } catch (error) {
      // A locked conversation takes no comment.
      if (!(error instanceof PermanentError)) throw error;
      log.error({ err: error, pull: pull.number }, 'cannot comment on a merged pull request');
    }
  }
}

/** What a comment is about. Flux words a failure anew at each try; that alone is no reason to write again. */
function aboutOf({ outcome }: Telling['told']['story']): string {
  const failures = outcome.kind === 'failed' ? outcome.failures : [];
  return JSON.stringify([
    outcome.kind,
    failures.map(({ management, object, reason }) => [management, object, reason]),
  ]);
}
