import { changeOfPull } from '../../src/domain/change/change-of-pull.ts';
import { changesOf } from '../../src/domain/change/changes-of.ts';
import { judgeWish, type WishRefusal } from '../../src/domain/change/judge-wish.ts';
import type { Deed } from '../../src/domain/change/record.ts';
import type { GitHubLogin } from '../../src/domain/ids.ts';
import { PermanentError } from '../../src/errors.ts';
import {
  type ChangeDone,
  changeDone,
  changeFailed,
  changeRefused,
} from '../../src/views/change/change-answer.ts';
import { commentAnswer, commentHelp } from '../../src/views/change/change-comment.ts';
import { failureText } from '../../src/views/failure-text.ts';
import type { JobDeps } from '../deps.ts';
import { type Job, type JobContext, job } from '../job.ts';
import { knownPlatform } from '../known-platform.ts';
import { lookOn } from '../look-at-change.ts';
import { subjectsOf } from './bring-up.ts';
import { readScene, withLedger } from './change-scene.ts';
import { digestOf } from './digest-of.ts';
import { ledgerPlace } from './ledger-place.ts';
import { type ChangeIntentPayload, changeIntentPayload } from './payloads.ts';
import { resolve } from './resolve-actor.ts';
import type { ChangeScene } from './scene.ts';
import { STOPS, stopMerging } from './stop-merging.ts';

/**
 * What somebody says about a change: judged by what is so now, recorded on the ledger, and only then told to count.
 * What stops a merge turns the check back before it is told.
 */
export function changeIntent(deps: JobDeps): Job {
  return job({
    name: 'change-intent',
    queue: 'intents',
    schema: changeIntentPayload,
    run: async (payload, context) => {
      try {
        const { outcome, scene } = await carryOut(deps, payload, context);
        await answer(deps, payload, outcome);
        if (scene !== undefined) await goOn(deps, scene, context);
      } catch (error) {
        if (!(error instanceof PermanentError)) throw error;
        context.log.error(
          { err: error, change: payload.change },
          'cannot carry out what somebody wants of a change',
        );
        await answer(deps, payload, { kind: 'failed', code: error.code });
      }
    },
  });
}

type Outcome =
  | { readonly kind: 'done'; readonly deed: Deed['kind']; readonly change: number }
  | {
      readonly kind: 'refused';
      readonly code: WishRefusal | 'unknown-change' | 'policy-invalid';
      readonly change: number | undefined;
    }
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'help' }
  /** A comment or review on a pull request that is no change: nobody asked us. */
  | { readonly kind: 'none' };

/** What came of it, and where something was recorded, how the change stands with that. */
interface CarriedOut {
  readonly outcome: Outcome;
  readonly scene?: ChangeScene;
}

async function carryOut(
  deps: JobDeps,
  payload: ChangeIntentPayload,
  { log }: JobContext,
): Promise<CarriedOut> {
  const { repo, wish } = payload;
  if (wish.kind === 'help') return { outcome: { kind: 'help' } };
  const number = payload.change ?? (await openChangeOf(deps, payload));
  if (number === undefined) return { outcome: { kind: 'none' } };
  const before = await knownPlatform(deps, repo);
  if (before.kind === 'invalid')
    return { outcome: { kind: 'refused', code: 'policy-invalid', change: number } };
  const { operators, override } = before.policy.changes;
  const asker = await resolve(deps, repo, payload.by, before);
  const read = await readScene(deps, repo, number, {
    isFresh: true,
    who: [
      ...(asker.kind === 'person' ? asker.slackIds : []),
      ...('slack' in payload.by ? [payload.by.slack] : []),
    ],
    besides: [
      ...(wish.kind === 'approve' || wish.kind === 'take-back' ? [] : [operators]),
      ...(/override/.test(wish.kind) && override !== undefined ? [override] : []),
    ],
  });
  if (read.kind !== 'scene') return { outcome: { kind: 'refused', code: read.kind, change: number } };
  const { scene } = read;
  const { known, facts, membership } = scene;
  // By another policy somebody else may stand behind the account.
  const person = known.commit === before.commit ? asker : await resolve(deps, repo, payload.by, known);
  let refusal: WishRefusal | undefined;
  const { record, ledger: after } = await deps.book.append(ledgerPlace(repo, known.policy), (ledger) => {
    // Carried out before, by a run that did not come to its end.
    const own = ledger.records.find(({ id }) => id === payload.actionId);
    if (own !== undefined) return own;
    const change = changesOf(ledger.records).get(number);
    if (change === undefined) return undefined;
    const verdict = judgeWish(wish, {
      person,
      change,
      via: payload.via,
      askedAt: payload.askedAt,
      parts: scene.parts.flatMap(({ approval }) => approval ?? []),
      policy: known.policy,
      membership,
      isDamaged: ledger.damage.length > 0,
      shown: payload.shown,
      current: digestOf(subjectsOf(scene.parts)),
      reviewed: payload.reviewed,
    });
    refusal = verdict.kind === 'refuse' ? verdict.code : undefined;
    if (verdict.kind === 'refuse') return undefined;
    return {
      id: payload.actionId,
      at: new Date(facts.at).toISOString(),
      policy: known.commit,
      deed: verdict.deed,
    };
  });
  if (record === undefined) {
    log.info({ repo, change: number, wish: wish.kind, code: refusal }, 'refused');
    await deps.hints.lookAtChange(repo, number);
    return { outcome: { kind: 'refused', code: refusal ?? 'unknown-change', change: number } };
  }
  log.info({ repo, change: number, record: record.id, deed: record.deed.kind }, 'recorded');
  const next = await withLedger(deps, scene, after);
  const outcome = { kind: 'done', deed: record.deed.kind, change: number } as const;
  if (!STOPS.includes(record.deed.kind)) return { outcome, scene: next };
  return { outcome, scene: await withLedger(deps, next, after, await stopMerging(deps, next)) };
}

/** What comes of it is done at once, by what was just read; whatever keeps that from being done, a look does later. */
async function goOn(deps: JobDeps, scene: ChangeScene, context: JobContext): Promise<void> {
  const { repo, change } = scene;
  try {
    await lookOn(deps, scene, context);
  } catch (error) {
    context.log.warn({ err: error, repo, change: change.number }, 'a change is gone on with later');
    await deps.hints.lookAtChange(repo, change.number);
  }
}

async function openChangeOf(deps: JobDeps, { repo, pull }: ChangeIntentPayload): Promise<number | undefined> {
  if (pull === undefined) return undefined;
  const known = await knownPlatform(deps, repo);
  if (known.kind === 'invalid') return undefined;
  const { records } = await deps.book.read(ledgerPlace(repo, known.policy));
  const open = [...changesOf(records).values()].filter(({ ended }) => ended === undefined);
  const own = changeOfPull(open, { number: pull, state: 'open' });
  if (own !== undefined) return own.number;
  // Most comments are on pull requests that are no change: nothing more is asked about them.
  if (open.every(({ places }) => places.length === 0)) return undefined;
  const { pulls } = await deps.changes.readChangeFacts(repo, { pulls: [pull], branches: [], tags: [] });
  const facts = pulls.get(pull);
  return facts && changeOfPull(open, facts)?.number;
}

async function answer(
  deps: JobDeps,
  { repo, by, actionId, answer: to }: ChangeIntentPayload,
  outcome: Outcome,
): Promise<void> {
  if (to === undefined || outcome.kind === 'none') return;
  if (to.kind === 'view') {
    await deps.views.update(to.viewId, viewOf(outcome));
    return;
  }
  const login: GitHubLogin | string = 'login' in by ? by.login : by.slack;
  const text = commentOf(outcome, login);
  await deps.changes.comment(repo, to.pull, `answer-${actionId}`, text);
}

function commentOf(outcome: Exclude<Outcome, { kind: 'none' }>, login: string): string {
  switch (outcome.kind) {
    case 'done':
      return commentAnswer({ kind: 'done', done: doneOf(outcome.deed) }, login);
    case 'refused':
      return commentAnswer({ kind: 'refused', code: outcome.code, data: { change: outcome.change } }, login);
    case 'help':
      return commentHelp();
    case 'failed':
      return failureText(outcome.code);
  }
}

function viewOf(outcome: Exclude<Outcome, { kind: 'none' }>): object {
  switch (outcome.kind) {
    case 'done':
      return changeDone(doneOf(outcome.deed), outcome.change);
    case 'refused':
      return changeRefused(outcome.code, { change: outcome.change });
    case 'help':
    case 'failed':
      return changeFailed(outcome.kind === 'failed' ? outcome.code : 'unexpected');
  }
}

/** What the person is told of what was recorded. */
function doneOf(deed: Deed['kind']): ChangeDone {
  switch (deed) {
    case 'ended':
      return 'withdrawn';
    case 'opened':
    case 'merged':
    case 'applied':
      return 'promoting';
    default:
      return deed;
  }
}
