import { changesOf } from '../../src/domain/change/changes-of.ts';
import { currentFreeze } from '../../src/domain/change/freeze-of.ts';
import type { GateKind } from '../../src/domain/change/gates.ts';
import type { Ledger, PersonRef } from '../../src/domain/change/record.ts';
import type { RepoName } from '../../src/domain/ids.ts';
import { changeDone, changeRefused } from '../../src/views/change/change-answer.ts';
import { authorise } from '../authorise.ts';
import type { JobDeps } from '../deps.ts';
import { type Job, job } from '../job.ts';
import { knownPlatform } from '../known-platform.ts';
import { showInView } from '../show-in-view.ts';
import { readScene } from './change-scene.ts';
import { failedView } from './failed-view.ts';
import { ledgerPlace } from './ledger-place.ts';
import { type FreezePayload, freezePayload } from './payloads.ts';
import { actorRef } from './resolve-actor.ts';
import type { Part } from './scene.ts';
import { stopMerging } from './stop-merging.ts';

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
  const by: PersonRef = await actorRef(deps, repo, { slack: askedBy }, known);
  const { at } = await deps.changes.readChangeFacts(repo, { pulls: [], branches: [], tags: [] });
  let isFit = true;
  const { ledger } = await deps.book.append(ledgerPlace(repo, known.policy), ({ records }) => {
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
  if (wish.kind === 'freeze') await stopAll(deps, repo, ledger);
  await deps.hints.lookAtChanges(repo);
  return changeDone(wish.kind === 'freeze' ? 'frozen' : 'unfrozen');
}

/** Looked at together: their facts come in one request. */
const AT_ONCE = 5;

/**
 * Turns the checks back of whatever may be merging right now: a merge that had read the gates before the freeze stood is
 * refused by GitHub then.
 */
async function stopAll(deps: JobDeps, repo: RepoName, { records }: Ledger): Promise<void> {
  const open = [...changesOf(records).values()].filter(({ ended }) => ended === undefined);
  for (let from = 0; from < open.length; from += AT_ONCE) {
    const reads = open.slice(from, from + AT_ONCE).map(({ number }) => readScene(deps, repo, number));
    for (const read of await Promise.all(reads)) {
      if (read.kind === 'scene') await stopMerging(deps, read.scene, wouldMerge);
    }
  }
}

/** Besides the freeze itself, what can be so for a moment only. */
const PASSING: readonly GateKind[] = ['frozen', 'mergeability-unknown', 'checks', 'refused-merge'];

/** What also waits for something else cannot be merging; what the freeze does not hold up may go on. */
function wouldMerge({ gates }: Part): boolean {
  const kinds = gates.map(({ kind }) => kind);
  return kinds.includes('frozen') && kinds.every((kind) => PASSING.includes(kind));
}
