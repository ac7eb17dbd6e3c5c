import { effectsNow } from '../../src/domain/release/effects-now.ts';
import type { Release } from '../../src/domain/release/release-facts.ts';
import { compareUrl } from '../../src/domain/release/release-urls.ts';
import { tagBefore, versionOf } from '../../src/domain/release/version.ts';
import { PermanentError } from '../../src/errors.ts';
import type { JobDeps } from '../deps.ts';
import type { Understood } from '../known-platform.ts';
import type { Log } from '../ports.ts';
import { planRelease } from './plan-release.ts';
import type { ReleasePlan } from './release-plan.ts';

/** A release with what it goes on from and what it brings, as far as that can be told. */
export interface DescribedRelease {
  readonly release: Release;
  /** The tag before; undefined for the first version, and for a tag that is no version. */
  readonly previous: string | undefined;
  /**
   * Undefined when the tag is missing or no version, or its history cannot be compared. Its effects stand as they are
   * now: what runs the release already is live.
   */
  readonly plan: ReleasePlan | undefined;
  /** GitHub's page of what lies between the two. */
  readonly compareUrl: string | undefined;
}

/** Works out what a published release brings, whoever published it. */
export async function describeRelease(
  deps: Pick<JobDeps, 'releases' | 'plans'>,
  release: Release,
  known: Understood,
  log: Log,
): Promise<DescribedRelease> {
  const { repo, tag, commit } = release;
  const { tagPrefix } = known.policy.release;
  if (commit === undefined || versionOf(tag, tagPrefix) === undefined) {
    return { release, previous: undefined, plan: undefined, compareUrl: undefined };
  }
  const { tags, url } = await deps.releases.readReleaseFacts(repo, tag);
  const from = tagBefore(tag, tags, tagPrefix);
  const told = { release, previous: from?.name, compareUrl: compareUrl(url, from?.name, tag) };
  try {
    const plan = await planRelease(deps, { repo, tag, from, commit, ref: `refs/tags/${tag}` }, known, log);
    return { ...told, plan: { ...plan, effects: effectsNow(plan.effects, tag, known.policy) } };
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    log.error({ err: error, repo, tag }, 'cannot tell what a release brings');
    return { ...told, plan: undefined };
  }
}
