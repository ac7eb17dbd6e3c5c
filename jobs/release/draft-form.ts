import { summarise } from '../../src/domain/effects/summarise.ts';
import type { CommitSha, RepoName } from '../../src/domain/ids.ts';
import { looseEnds } from '../../src/domain/release/loose-ends.ts';
import type { ReleaseFacts, VersionTag } from '../../src/domain/release/release-facts.ts';
import {
  type NoteEntry,
  noteEntries,
  releaseNotes,
  sameSource,
} from '../../src/domain/release/release-notes.ts';
import type { ReleaseValues } from '../../src/domain/release/release-request.ts';
import { laggingVersion, runningVersions } from '../../src/domain/release/running-versions.ts';
import { highestTag, proposeVersion } from '../../src/domain/release/version.ts';
import { releaseForm } from '../../src/views/release/release-form.ts';
import { releaseUnavailable } from '../../src/views/release/release-notice.ts';
import type { JobDeps } from '../deps.ts';
import type { Understood } from '../known-platform.ts';
import type { Log } from '../ports.ts';
import { planRelease, type ReleasePlan } from './plan-release.ts';

export interface DraftWish {
  readonly repo: RepoName;
  /** What was typed before; undefined for a form that is opened. */
  readonly values?: ReleaseValues;
  /** The commit that was shown before the default branch moved. */
  readonly earlier?: CommitSha;
}

/** The release form as it is now, or what stands in its place when there is nothing to release. */
export async function draftForm(
  deps: Pick<JobDeps, 'releases' | 'plans'>,
  { repo, values, earlier }: DraftWish,
  known: Understood,
  log: Log,
): Promise<object> {
  const { policy, platform } = known;
  const facts = await deps.releases.readReleaseFacts(repo);
  const from = highestTag(facts.tags, policy.release.tagPrefix);
  const nothing = releaseUnavailable({ kind: 'nothing-new', last: from?.name });
  if (from?.commit === facts.head) return nothing;
  const plan = await planRelease(deps, wishOf(facts, from, known), known, log);
  const entries = noteEntries(plan.range, plan.generated);
  if (entries.length === 0) return nothing;
  const proposal = proposeVersion(from?.name, entries, policy);
  const leftOut = values?.leftOut ?? [];
  return releaseForm({
    facts,
    previous: from?.name,
    proposal,
    prefix: policy.release.tagPrefix,
    notes: releaseNotes(
      { repo, tag: proposal.tag, range: plan.range, generated: plan.generated, leftOut },
      policy,
    ),
    effects: summarise(plan.effects),
    lagging: laggingVersion(runningVersions(platform, policy), from?.name, policy),
    looseEnds: looseEnds(facts, policy),
    values: values ?? { version: proposal.tag, introduction: '', leftOut: [] },
    moved: movedSince(earlier, entries, deps.plans.get(repo, from?.commit, earlier ?? facts.head), facts),
  });
}

/** Any version that is not used yet will do for a preview of GitHub's own notes. */
function wishOf(facts: ReleaseFacts, from: VersionTag | undefined, { policy }: Understood) {
  const { repo, head: commit, defaultBranch } = facts;
  const { tag } = proposeVersion(from?.name, [], policy);
  return { repo, tag, from, commit, ref: `refs/heads/${defaultBranch}` };
}

/** What came on top of the commit that was shown; all of it is new to the person when that cannot be told any more. */
function movedSince(
  earlier: CommitSha | undefined,
  entries: readonly NoteEntry[],
  before: ReleasePlan | undefined,
  facts: ReleaseFacts,
) {
  if (earlier === undefined || earlier === facts.head) return undefined;
  const known = before ? noteEntries(before.range, before.generated) : [];
  const onTop = entries.filter((entry) => !known.some((each) => sameSource(each, entry)));
  return { shown: earlier, onTop };
}
