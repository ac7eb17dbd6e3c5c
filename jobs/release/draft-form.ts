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
import { behind } from '../../src/domain/release/running-versions.ts';
import { highestTag, proposeVersion, tagsAbove } from '../../src/domain/release/version.ts';
import { packReleaseMetadata } from '../../src/views/release/read-release-form.ts';
import { releaseForm } from '../../src/views/release/release-form.ts';
import type { ReleaseNotice } from '../../src/views/release/release-notices.ts';
import { releaseUnavailable } from '../../src/views/release/release-unavailable.ts';
import type { JobDeps } from '../deps.ts';
import type { Understood } from '../known-platform.ts';
import type { Log } from '../ports.ts';
import { planRelease } from './plan-release.ts';
import type { ReleasePlan } from './release-plan.ts';

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
  const plan = await planRelease(deps, headWish(facts, from, known), known, log);
  const entries = noteEntries(plan.range, plan.generated);
  if (entries.length === 0) return nothing;
  const proposal = proposeVersion(from?.name, entries, policy);
  const notes = (leftOut: readonly number[]) =>
    releaseNotes({ repo, tag: proposal.tag, range: plan.range, generated: plan.generated, leftOut }, policy);
  const before = earlier && deps.plans.get(repo, from?.commit, earlier);
  return releaseForm({
    previous: from && { tag: from.name, url: `${facts.url}/releases/tag/${encodeURIComponent(from.name)}` },
    defaultBranch: facts.defaultBranch,
    head: { commit: facts.head, url: `${facts.url}/commit/${facts.head}` },
    proposal,
    notes: notes(values?.leftOut ?? []),
    choices: notes([]).sections,
    values,
    notices: noticesOf(facts, plan, known),
    moved: movedSince(earlier, facts.head, entries, before),
    effects: summarise(plan.effects),
    behind: behind(platform, from?.name, policy),
    metadata: packReleaseMetadata({
      repo,
      shown: { commit: facts.head, previous: from?.name, previousCommit: from?.commit },
      proposed: proposal.tag,
      prefix: policy.release.tagPrefix,
      ...tagsAbove(from?.name, facts, policy.release.tagPrefix),
    }),
  });
}

/** Any version that is not used yet will do for a preview of GitHub's own notes. */
export function headWish(facts: ReleaseFacts, from: VersionTag | undefined, { policy }: Understood) {
  const { repo, head: commit, defaultBranch } = facts;
  const { tag } = proposeVersion(from?.name, [], policy);
  return { repo, tag, from, commit, ref: `refs/heads/${defaultBranch}` };
}

function noticesOf(
  facts: ReleaseFacts,
  { range }: ReleasePlan,
  { policy }: Understood,
): readonly ReleaseNotice[] {
  const ends = looseEnds(facts, policy);
  const notices: readonly ReleaseNotice[] = [
    { kind: 'tag-without-release', tags: ends.tagsWithoutRelease },
    { kind: 'release-without-tag', tags: ends.releasesWithoutTag },
    { kind: 'draft', tags: ends.drafts },
  ];
  const isApart = range.from !== undefined && range.relation === 'diverged';
  return [
    ...notices.filter((notice) => 'tags' in notice && notice.tags.length > 0),
    ...(isApart
      ? [{ kind: 'not-ancestor', tag: range.from.name, branch: facts.defaultBranch } as const]
      : []),
  ];
}

/** What came on top of the commit that was shown; where that cannot be told any more, all that is new. */
function movedSince(
  earlier: CommitSha | undefined,
  now: CommitSha,
  entries: readonly NoteEntry[],
  before: ReleasePlan | undefined,
) {
  if (earlier === undefined || earlier === now) return undefined;
  const known = before ? noteEntries(before.range, before.generated) : [];
  const onTop = entries.filter((entry) => !known.some((each) => sameSource(each, entry)));
  return { shown: earlier, now, entries: onTop };
}
