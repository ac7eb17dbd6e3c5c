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
import { subjectsOf } from './bring-up.ts';
import { readScene } from './change-scene.ts';
import { digestOf } from './digest-of.ts';
import { ledgerPlace } from './ledger-place.ts';
import { type ChangeIntentPayload, changeIntentPayload } from './payloads.ts';
import { resolve } from './resolve-actor.ts';
import { stopMerging } from './stop-merging.ts';

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
        await answer(deps, payload, await carryOut(deps, payload, context));
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

async function carryOut(deps: JobDeps, payload: ChangeIntentPayload, { log }: JobContext): Promise<Outcome> {
  const { repo, wish } = payload;
  if (wish.kind === 'help') return { kind: 'help' };
  const number = payload.change ?? (await changeOfPull(deps, payload));
  if (number === undefined) return { kind: 'none' };
  const before = await knownPlatform(deps, repo);
  if (before.kind === 'invalid') return { kind: 'refused', code: 'policy-invalid', change: number };
  const { operators, override } = before.policy.changes;
  const asker = resolve(payload.by, before);
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
  if (read.kind !== 'scene') return { kind: 'refused', code: read.kind, change: number };
  const { scene } = read;
  const { known, facts, membership } = scene;
  const person = resolve(payload.by, known);
  let refusal: WishRefusal | undefined;
  const { record } = await deps.book.append(ledgerPlace(repo, known.policy), (ledger) => {
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
    return { kind: 'refused', code: refusal ?? 'unknown-change', change: number };
  }
  log.info({ repo, change: number, record: record.id, deed: record.deed.kind }, 'recorded');
  await stopMerging(deps, scene, record.deed);
  await deps.hints.lookAtChange(repo, number);
  return { kind: 'done', deed: record.deed.kind, change: number };
}

async function changeOfPull(deps: JobDeps, { repo, pull }: ChangeIntentPayload): Promise<number | undefined> {
  if (pull === undefined) return undefined;
  const known = await knownPlatform(deps, repo);
  if (known.kind === 'invalid') return undefined;
  const { records } = await deps.book.read(ledgerPlace(repo, known.policy));
  const open = [...changesOf(records).values()].filter(({ ended }) => ended === undefined);
  const own = open.find((change) => change.pull === pull);
  if (own !== undefined) return own.number;
  const branches = open.flatMap(({ places }) => places.map(({ branch }) => branch));
  if (branches.length === 0) return undefined;
  const { pulls } = await deps.changes.readChangeFacts(repo, { pulls: [pull], branches: [], tags: [] });
  const facts = pulls.get(pull);
  return open.findLast(({ places }) => facts?.ours && places.some(({ branch }) => branch === facts.branch))
    ?.number;
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
