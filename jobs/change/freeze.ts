import { currentFreeze } from '../../src/domain/change/freeze-of.ts';
import type { PersonRef } from '../../src/domain/change/record.ts';
import { changeDone, changeRefused } from '../../src/views/change/change-answer.ts';
import { authorise } from '../authorise.ts';
import type { JobDeps } from '../deps.ts';
import { type Job, job } from '../job.ts';
import { knownPlatform } from '../known-platform.ts';
import { showInView } from '../show-in-view.ts';
import { failedView } from './failed-view.ts';
import { ledgerPlace } from './ledger-place.ts';
import { type FreezePayload, freezePayload } from './payloads.ts';
import { actorRef } from './resolve-actor.ts';

/** A person's freeze of production, or its end: recorded first, then told. */
export function freeze(deps: JobDeps): Job {
  return job({
    name: 'freeze',
    queue: 'intents',
    schema: freezePayload,
    run: (payload, context) =>
      showInView(deps.views, payload.viewId, context, {
        draw: () => draw(deps, payload),
        instead: failedView,
      }),
  });
}

async function draw(deps: JobDeps, payload: FreezePayload): Promise<object> {
  const { repo, actionId, askedBy, wish } = payload;
  const known = await knownPlatform(deps, repo);
  if (known.kind === 'invalid') return changeRefused('policy-invalid');
  if (!(await authorise(deps.people, known.policy.changes.operators, askedBy)))
    return changeRefused('not-operator');
  const by: PersonRef = actorRef({ slack: askedBy }, known);
  const { at } = await deps.changes.readChangeFacts(repo, { pulls: [], branches: [], tags: [] });
  let isFit = true;
  await deps.book.append(ledgerPlace(repo, known.policy), ({ records }) => {
    const own = records.find(({ id }) => id === actionId);
    isFit = true;
    if (own !== undefined) return own;
    const isFrozen = currentFreeze(records, [], at) !== undefined;
    isFit = wish.kind === 'freeze' || isFrozen;
    if (!isFit) return undefined;
    const deed =
      wish.kind === 'freeze'
        ? ({ kind: 'frozen', by, reason: wish.reason, until: wish.until } as const)
        : ({ kind: 'unfrozen', by } as const);
    return { id: actionId, at: new Date(at).toISOString(), policy: known.commit, deed };
  });
  if (!isFit) return changeRefused('not-frozen');
  await deps.hints.lookAtChanges(repo);
  return changeDone(wish.kind === 'freeze' ? 'frozen' : 'unfrozen');
}
