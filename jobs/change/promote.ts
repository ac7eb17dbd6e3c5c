import { changesOf, nextChangeNumber } from '../../src/domain/change/changes-of.ts';
import { lastGoodTag } from '../../src/domain/change/last-good-tag.ts';
import type { Ledger, PersonRef, PlaceRef } from '../../src/domain/change/record.ts';
import type { CommitSha } from '../../src/domain/ids.ts';
import { choosePlaces } from '../../src/domain/promotion/choose-places.ts';
import { promotionBranch } from '../../src/domain/promotion/promotion-names.ts';
import { promotionPlaces } from '../../src/domain/promotion/promotion-places.ts';
import { versionOf } from '../../src/domain/release/version.ts';
import { changeDone, changeRefused } from '../../src/views/change/change-answer.ts';
import type { ChangeRefusal, RefusalData } from '../../src/views/change/refusal-words.ts';
import { authorise } from '../authorise.ts';
import type { JobDeps } from '../deps.ts';
import { type Job, job } from '../job.ts';
import { type CommittedPlatform, freshPlatform } from '../known-platform.ts';
import { showInView } from '../show-in-view.ts';
import { failedView } from './failed-view.ts';
import { ledgerPlace } from './ledger-place.ts';
import { type PromotePayload, promotePayload } from './payloads.ts';
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

type Refusal = { readonly code: ChangeRefusal; readonly data?: RefusalData };

async function draw(deps: JobDeps, payload: PromotePayload): Promise<object> {
  const { repo, askedBy, requestId } = payload;
  const known = await freshPlatform(deps, repo);
  if (known.kind === 'invalid') return changeRefused('policy-invalid');
  const { changes } = known.policy;
  const who = payload.backFrom === undefined ? changes.who : changes.back.who;
  if (who === undefined || !(await authorise(deps.people, who, askedBy))) {
    return changeRefused(payload.backFrom === undefined ? 'not-allowed' : 'not-on-call');
  }
  const by = actorRef({ slack: askedBy }, known);
  const at = ledgerPlace(repo, known.policy);
  const ledger = await deps.book.read(at);
  const plan = await planOf(deps, payload, known, ledger);
  if ('code' in plan) return changeRefused(plan.code, plan.data);
  let refusal: Refusal | undefined;
  const { record } = await deps.book.append(at, (current) => {
    refusal = openAlready(current, plan.tag, plan.places);
    if (refusal !== undefined) return undefined;
    return {
      id: requestId,
      at: new Date(plan.now).toISOString(),
      policy: known.commit,
      deed: opened(nextChangeNumber(current.records), payload, plan, by),
    };
  });
  if (record?.deed.kind !== 'opened') return changeRefused(refusal?.code ?? 'ended', refusal?.data);
  await deps.hints.lookAtChange(repo, record.deed.change);
  return changeDone('promoting', record.deed.change);
}

interface Plan {
  readonly tag: string;
  readonly target: CommitSha;
  readonly places: readonly PlaceRef[];
  readonly now: number;
}

async function planOf(
  deps: JobDeps,
  { repo, tag: wanted, backFrom, where, externalNumber }: PromotePayload,
  { platform, policy }: CommittedPlatform,
  ledger: Ledger,
): Promise<Plan | Refusal> {
  const all = promotionPlaces(platform, policy);
  if (all.length === 0) return { code: 'no-places' };
  const chosen = choosePlaces(where, all);
  if (chosen.kind === 'refuse') return { code: 'unknown-place', data: { place: chosen.word } };
  const tag = backFrom === undefined ? wanted : lastGoodTag(changesOf(ledger.records), backFrom);
  if (tag === undefined) return { code: backFrom === undefined ? 'unknown-tag' : 'no-earlier-version' };
  const { at, tags } = await deps.changes.readChangeFacts(repo, { pulls: [], branches: [], tags: [tag] });
  const commit: CommitSha | undefined = tags.get(tag);
  if (commit === undefined || versionOf(tag, policy.release.tagPrefix) === undefined) {
    return { code: 'unknown-tag', data: { tag } };
  }
  const places = chosen.places.filter(({ source: { ref } }) => ref.kind !== 'tag' || ref.tag !== tag);
  if (places.length === 0) return { code: 'already-runs', data: { tag } };
  const pattern = policy.changes.externalNumber;
  if (externalNumber && pattern && !new RegExp(`^(?:${pattern.pattern})$`, 'u').test(externalNumber)) {
    return { code: 'external-number-unfit', data: pattern };
  }
  return {
    tag,
    target: commit,
    now: at,
    places: places.map((place) => ({
      name: place.name,
      branch: promotionBranch(tag, place),
      wave: place.wave,
    })),
  };
}

/** Whoever asks for what is under way already is shown that. */
function openAlready({ records }: Ledger, tag: string, places: readonly PlaceRef[]): Refusal | undefined {
  const open = [...changesOf(records).values()].findLast(
    ({ ended, what, places: its }) =>
      ended === undefined &&
      what.kind === 'promotion' &&
      what.tag === tag &&
      places.some(({ name }) => its.some((each) => each.name === name)),
  );
  return open && { code: 'open-already', data: { change: open.number, tag } };
}

function opened(
  change: number,
  { backFrom, externalNumber }: PromotePayload,
  { tag, target, places }: Plan,
  requester: PersonRef,
) {
  return {
    kind: 'opened',
    change,
    what: { kind: 'promotion', tag, target, automatic: false, back: backFrom !== undefined },
    requester,
    places,
    pull: undefined,
    externalNumber: externalNumber === '' ? undefined : externalNumber,
  } as const;
}
