import { AmbiguousWriteError, PermanentError } from '../../src/errors.ts';
import { rolloutComment } from '../../src/views/rollout-comment.ts';
import type { JobDeps } from '../deps.ts';
import { READS_LAG_MS } from '../onboard/keys.ts';
import type { Log, SaidMessage } from '../ports.ts';
import { isOld } from './is-old.ts';
import { ROLLOUT_COMMENT } from './keys.ts';
import { linkFromRelease } from './link-from-release.ts';
import { recordOutcomes } from './record-outcomes.ts';
import { reportDeployments } from './report-deployments.ts';
import type { Rollout } from './rollout.ts';
import { linkFromChange, rolloutUrlOf } from './rollout-url.ts';
import { settle } from './settled.ts';
import { showMessage, showPages } from './show-message.ts';
import { tellNews } from './tell-news.ts';
import { tellRequest } from './tell-request.ts';
import type { Telling, Told } from './telling.ts';

type Deps = JobDeps & { readonly log: Log };

/**
 * Brings what people see of a rollout up to what is so, and only then records how it ended, so that whatever breaks
 * off is done again.
 */
export async function tellRollout(deps: Deps, telling: Telling): Promise<Told> {
  const { rollout, told } = telling;
  const isLoud = rollout.change !== undefined;
  const message = isLoud ? await showMessage(deps, telling) : undefined;
  const inThread =
    message === undefined ? { url: undefined, isComplete: true } : await tellInThread(deps, telling, message);
  if (message !== undefined || !isOld(telling)) await tellElsewhere(deps, telling, inThread.url);
  const isRecorded = await recordOutcomes(deps, telling);
  const { outcome } = told.story;
  const isOver = outcome.kind === 'applied' || outcome.kind === 'superseded' || isOld(telling);
  if (isOver) await settle(deps, rollout.stage);
  return { isOver, isRecorded, isComplete: inThread.isComplete };
}

/** What hangs on the message. Where Slack takes one of these no more, the others are told all the same. */
async function tellInThread(
  deps: Deps,
  telling: Telling,
  message: SaidMessage,
): Promise<{ readonly url: string | undefined; readonly isComplete: boolean }> {
  const { rollout, known } = telling;
  await unlessRefused(deps, rollout, () => tellNews(deps, telling, message));
  const url = await unlessRefused(deps, rollout, () => addressOf(deps, rollout, message));
  if (url !== undefined) {
    await linkFromChange(deps, rollout, url);
    await linkFromRelease(deps, rollout, known, url);
  }
  const isComplete = await showPages(deps, telling, message);
  return { url, isComplete };
}

async function unlessRefused<Answer>(
  { log }: Deps,
  { key }: Rollout,
  act: () => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    log.error({ err: error, rollout: key }, 'cannot tell all of a rollout in its channel');
    return undefined;
  }
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
      // Looked for earlier than that, it may stand and not be shown yet.
      if (error instanceof AmbiguousWriteError)
        throw new AmbiguousWriteError(error.message, { cause: error, retryInMs: READS_LAG_MS });
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
