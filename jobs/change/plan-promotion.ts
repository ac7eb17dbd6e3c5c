import { changesOf, nextChangeNumber } from '../../src/domain/change/changes-of.ts';
import { fitsPattern } from '../../src/domain/change/external-number.ts';
import { lastGoodTag } from '../../src/domain/change/last-good-tag.ts';
import type { Deed, Ledger, PersonRef } from '../../src/domain/change/record.ts';
import type { CommitSha, RepoName } from '../../src/domain/ids.ts';
import { choosePlaces } from '../../src/domain/promotion/choose-places.ts';
import { promotionBranch } from '../../src/domain/promotion/promotion-names.ts';
import { type PromotionPlace, promotionPlaces } from '../../src/domain/promotion/promotion-places.ts';
import { versionOf } from '../../src/domain/release/version.ts';
import type { ChangeRefusal, RefusalData } from '../../src/views/change/refusal-words.ts';
import type { JobDeps } from '../deps.ts';
import { type CommittedPlatform, freshPlatform, knownPlatform } from '../known-platform.ts';
import type { ChangeFactsRead } from './change-ports.ts';
import { ledgerPlace } from './ledger-place.ts';

export interface PromotionRefusal {
  readonly code: ChangeRefusal;
  readonly data?: RefusalData;
}

/** What is promoted where, checked against all that is known. */
export interface Plan {
  readonly tag: string;
  readonly target: CommitSha;
  readonly places: readonly PromotionPlace[];
  /** Milliseconds since the epoch by GitHub's clock. */
  readonly now: number;
}

export interface PromotionWish {
  readonly repo: RepoName;
  /** Undefined for back. */
  readonly tag: string | undefined;
  /** The change that is to be undone. */
  readonly backFrom: number | undefined;
  readonly where: readonly string[];
  readonly externalNumber: string | undefined;
}

/** What a promotion is planned by. */
export interface PlanFacts {
  readonly known: CommittedPlatform;
  readonly ledger: Ledger;
  readonly facts: ChangeFactsRead;
}

/**
 * Reads what a promotion is planned by, as it is now: records, default branch and the commits of tags in one request.
 * Undefined while the policy has mistakes.
 */
export async function readPlanFacts(
  deps: Pick<JobDeps, 'changes' | 'book' | 'github' | 'snapshots'>,
  { repo, tag }: Pick<PromotionWish, 'repo' | 'tag'>,
): Promise<PlanFacts | undefined> {
  const remembered = await knownPlatform(deps, repo);
  const before = remembered.kind === 'invalid' ? await freshPlatform(deps, repo) : remembered;
  if (before.kind === 'invalid') return undefined;
  const [ledger, facts] = await Promise.all([
    deps.book.read(ledgerPlace(repo, before.policy)),
    deps.changes.readChangeFacts(repo, { pulls: [], branches: [], tags: tag === undefined ? [] : [tag] }),
  ]);
  if (facts.baseHead === before.commit) return { known: before, ledger, facts };
  const known = await freshPlatform(deps, repo);
  return known.kind === 'invalid'
    ? undefined
    : { known, facts, ledger: await deps.book.read(ledgerPlace(repo, known.policy)) };
}

/** Plans a promotion, or tells why there can be none. */
export async function planPromotion(
  { changes }: Pick<JobDeps, 'changes'>,
  { repo, tag: wanted, backFrom, where, externalNumber }: PromotionWish,
  { known: { platform, policy }, ledger, facts }: PlanFacts,
): Promise<Plan | PromotionRefusal> {
  const all = promotionPlaces(platform, policy);
  if (all.length === 0) return { code: 'no-places' };
  const chosen = choosePlaces(where, all);
  if (chosen.kind === 'refuse') return { code: 'unknown-place', data: { place: chosen.word } };
  const tag = backFrom === undefined ? wanted : lastGoodTag(changesOf(ledger.records), backFrom);
  if (tag === undefined) return { code: backFrom === undefined ? 'unknown-tag' : 'no-earlier-version' };
  // Which version is gone back to only the records told.
  const { at, tags } =
    wanted === tag ? facts : await changes.readChangeFacts(repo, { pulls: [], branches: [], tags: [tag] });
  const commit: CommitSha | undefined = tags.get(tag);
  if (commit === undefined || versionOf(tag, policy.release.tagPrefix) === undefined) {
    return { code: 'unknown-tag', data: { tag } };
  }
  const undone = backFrom === undefined ? undefined : changesOf(ledger.records).get(backFrom)?.what;
  const bad = undone?.kind === 'promotion' ? undone.tag : undefined;
  const places = chosen.places.filter(({ source: { ref } }) =>
    ref.kind === 'tag' ? ref.tag !== tag && (bad === undefined || ref.tag === bad) : bad === undefined,
  );
  if (places.length === 0) return { code: 'already-runs', data: { tag } };
  const pattern = policy.changes.externalNumber;
  if (externalNumber && pattern && !fitsPattern(externalNumber, pattern.pattern)) {
    return { code: 'external-number-unfit', data: pattern };
  }
  return {
    tag,
    target: commit,
    now: at,
    places,
  };
}

/** The change that promotes the same to one of the same places already. */
export function openAlready({ records }: Ledger, { tag, places }: Plan): number | undefined {
  return [...changesOf(records).values()].findLast(
    ({ ended, what, places: its }) =>
      ended === undefined &&
      what.kind === 'promotion' &&
      what.tag === tag &&
      places.some(({ name }) => its.some((each) => each.name === name)),
  )?.number;
}

/** The deed that opens it; each branch is one that no change has had before. */
export function openedPromotion(
  ledger: Ledger,
  { tag, target, places }: Plan,
  by: {
    readonly requester: PersonRef;
    readonly automatic: boolean;
    readonly back: boolean;
    readonly externalNumber: string | undefined;
  },
): Extract<Deed, { kind: 'opened' }> {
  const taken = new Set(
    [...changesOf(ledger.records).values()].flatMap((change) => change.places.map(({ branch }) => branch)),
  );
  return {
    kind: 'opened',
    change: nextChangeNumber(ledger.records),
    what: { kind: 'promotion', tag, target, automatic: by.automatic, back: by.back },
    requester: by.requester,
    places: places.map((place) => ({
      name: place.name,
      branch: freeBranch(promotionBranch(tag, place), taken),
      wave: place.wave,
    })),
    pull: undefined,
    externalNumber: by.externalNumber === '' ? undefined : by.externalNumber,
  };
}

/** What was promoted before and is promoted again gets a branch of its own. */
function freeBranch(branch: string, taken: ReadonlySet<string>): string {
  let name = branch;
  for (let n = 2; taken.has(name); n += 1) name = `${branch}-${n}`;
  return name;
}
