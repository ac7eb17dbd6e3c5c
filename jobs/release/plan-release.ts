import type { Effect } from '../../src/domain/effects/effect.ts';
import type { CommitSha, RepoName } from '../../src/domain/ids.ts';
import type { GeneratedNotes, VersionTag } from '../../src/domain/release/release-facts.ts';
import { PermanentError, RetryableError } from '../../src/errors.ts';
import type { JobDeps } from '../deps.ts';
import type { Understood } from '../known-platform.ts';
import type { Log } from '../ports.ts';
import { readEffects, stateAt } from '../state-at.ts';
import type { ReleasePlan } from './release-plan.ts';

export interface PlanWish {
  readonly repo: RepoName;
  /** The release's tag; it need not exist. */
  readonly tag: string;
  readonly from: VersionTag | undefined;
  /** The commit to be released, and a full ref that leads to it. */
  readonly commit: CommitSha;
  readonly ref: string;
}

type Deps = Pick<JobDeps, 'releases' | 'plans'>;

/**
 * Works out what lies between two commits and what it does to which cluster. The Kustomizations are those of the
 * default branch, which management clusters follow.
 *
 * @throws RetryableError when the ref leads elsewhere by now.
 */
export async function planRelease(
  deps: Deps,
  wish: PlanWish,
  known: Understood,
  log: Log,
): Promise<ReleasePlan> {
  const kept = deps.plans.get(wish.repo, wish.from?.commit, wish.commit);
  if (kept !== undefined) return kept;
  const range = await deps.releases.readRange(wish.repo, wish.from, wish.ref);
  if (range.to !== wish.commit) {
    throw new RetryableError(`${wish.ref} of ${wish.repo} has moved`, { retryInMs: 1_000 });
  }
  const [generated, found] = await Promise.all([generate(deps, wish, log), effectsOfIt(deps, wish, known)]);
  const plan = { range, generated, effects: found };
  deps.plans.put(wish.repo, plan);
  return plan;
}

/** GitHub's own notes explain differences only: without them a release goes on. */
async function generate(
  { releases }: Deps,
  { repo, tag, commit, from }: PlanWish,
  log: Log,
): Promise<GeneratedNotes | undefined> {
  try {
    return await releases.generateNotes(repo, { tag, commit, previous: from?.name });
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    log.warn({ err: error, repo, tag }, "cannot compare with GitHub's own notes");
    return undefined;
  }
}

async function effectsOfIt(
  deps: Deps,
  { repo, from, commit, ref }: PlanWish,
  known: Understood,
): Promise<readonly Effect[]> {
  const after = await stateAt(deps, repo, commit, known.policy);
  const before = from === undefined ? undefined : await stateAt(deps, repo, from.commit, known.policy);
  const question = {
    before: before ?? { platform: { ...after.platform, overlays: new Map() }, oids: new Map() },
    after,
    // What is at hand of the default branch may be older than its head.
    kustomizations: ref === `refs/heads/${after.platform.defaultBranch}` ? after.platform : known.platform,
  };
  return readEffects(deps, repo, question);
}
