import { changeDone, changeRefused } from '../../src/views/change/change-answer.ts';
import { authorise } from '../authorise.ts';
import type { JobDeps } from '../deps.ts';
import { type Job, job } from '../job.ts';
import { showInView } from '../show-in-view.ts';
import { failedView } from './failed-view.ts';
import { ledgerPlace } from './ledger-place.ts';
import { lookAtReplaced } from './look-at-replaced.ts';
import { type PromotePayload, promotePayload } from './payloads.ts';
import { openAlready, openedPromotion, planPromotion, readPlanFacts } from './plan-promotion.ts';
import { actorRef } from './resolve-actor.ts';

/**
 * A person's promotion, or the return to what ran before. It becomes a change on the ledger before the person is told;
 * its pull requests are opened by looking at it.
 */
export function promote(deps: JobDeps): Job {
  return job({
    name: 'promote',
    queue: 'intents',
    schema: promotePayload,
    run: (payload, context) =>
      showInView(deps.views, payload.viewId, context, {
        draw: () => draw(deps, payload),
        instead: failedView,
      }),
  });
}

async function draw(deps: JobDeps, payload: PromotePayload): Promise<object> {
  const { repo, askedBy, requestId } = payload;
  const wish = {
    repo,
    tag: payload.tag,
    backFrom: payload.backFrom,
    where: payload.where,
    externalNumber: payload.externalNumber,
  };
  const read = await readPlanFacts(deps, wish);
  if (read === undefined) return changeRefused('policy-invalid');
  const { known } = read;
  const { changes } = known.policy;
  const who = payload.backFrom === undefined ? changes.who : changes.back.who;
  if (who === undefined || !(await authorise(deps.people, who, askedBy))) {
    return changeRefused(payload.backFrom === undefined ? 'not-allowed' : 'not-on-call');
  }
  const by = await actorRef(deps, repo, { slack: askedBy }, known);
  const at = ledgerPlace(repo, known.policy);
  const plan = await planPromotion(deps, wish, read);
  if ('code' in plan) return changeRefused(plan.code, plan.data);
  let other: number | undefined;
  const { record, ledger: after } = await deps.book.append(at, (current) => {
    const own = current.records.find(({ id }) => id === requestId);
    other = own === undefined ? openAlready(current, plan) : undefined;
    if (other !== undefined) return undefined;
    return (
      own ?? {
        id: requestId,
        at: new Date(plan.now).toISOString(),
        policy: known.commit,
        deed: openedPromotion(current, plan, {
          requester: by,
          automatic: false,
          back: payload.backFrom !== undefined,
          externalNumber: payload.externalNumber,
        }),
      }
    );
  });
  if (record?.deed.kind !== 'opened') {
    return changeRefused('open-already', { change: other, tag: plan.tag });
  }
  await deps.hints.lookAtChange(repo, record.deed.change);
  await lookAtReplaced(deps.hints, repo, after, record.deed.change);
  return changeDone('promoting', record.deed.change);
}
