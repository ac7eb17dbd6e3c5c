import { placeOfTurn } from '../../src/domain/change/place-of-turn.ts';
import type { Subject } from '../../src/domain/change/record.ts';
import { changedFiles } from '../../src/domain/effects/changed-files.ts';
import { turnedSources } from '../../src/domain/effects/turned-sources.ts';
import type { CommitSha, RepoName } from '../../src/domain/ids.ts';
import { promotionPlaces } from '../../src/domain/promotion/promotion-places.ts';
import { allManagementClusters } from '../../src/domain/rollout/management-clusters.ts';
import { type PromotedTag, rolloutRoutes } from '../../src/domain/rollout/routes.ts';
import type { JobDeps } from '../deps.ts';
import type { Understood } from '../known-platform.ts';
import { stateAt } from '../state-at.ts';
import type { RolloutPart } from './rollout.ts';
import type { MergedPull } from './rollout-ports.ts';

type Deps = Pick<JobDeps, 'releases' | 'changes'>;

export interface MergeToPlan {
  readonly repo: RepoName;
  readonly pull: MergedPull;
  /** What was approved; undefined where nothing was. */
  readonly subject: Subject | undefined;
  readonly recorded: RolloutPart['recorded'];
  /** What took its place; undefined while nothing has. */
  readonly supersededBy: string | undefined;
}

/** The way of a merge through the clusters, from the files that it changed; no way where it reaches none. */
export async function planMerge(
  deps: Deps,
  { repo, pull, subject, recorded, supersededBy }: MergeToPlan,
  { policy }: Understood,
): Promise<RolloutPart> {
  const descendants = new Set<CommitSha>();
  const base = { pull, descendants, recorded, isSure: true };
  const nowhere = { startedAt: pull.at, managements: [], supersededBy };
  if (pull.parent === undefined) return { ...base, plan: nowhere, deployments: [] };
  const before = await stateAt(deps, repo, pull.parent, policy);
  const after = await stateAt(deps, repo, pull.commit, policy);
  const files = changedFiles(before, after).map(({ path }) => path);
  const promoted = await promotedTags(deps, { repo, pull, subject }, turnsIn(before, after));
  const managements = allManagementClusters(policy, after.platform);
  const merged = { commit: pull.commit, descendants };
  const routes = rolloutRoutes(after.platform, managements, merged, { files, promoted });
  const places = promotionPlaces(after.platform, policy);
  const deployments = promoted
    .filter(({ isKnown }) => isKnown)
    .map(({ source, commit }) => ({
      environment: places.find((place) => place.source === source)?.name ?? source.name,
      commit,
    }));
  const isSure = promoted.every(({ isKnown }) => isKnown);
  return { ...base, isSure, plan: { ...nowhere, managements: routes }, deployments };
}

type State = Awaited<ReturnType<typeof stateAt>>;
type Turned = ReturnType<typeof turnedSources>[number];

function turnsIn(before: State, after: State): readonly Turned[] {
  return turnedSources(before.platform, after.platform).filter(({ after: { ref } }) => ref.kind === 'tag');
}

/** The commit that was approved under the tag; for a merge that nobody approved, what the tag points to now. */
async function promotedTags(
  { changes }: Deps,
  { repo, pull, subject }: Pick<MergeToPlan, 'repo' | 'pull' | 'subject'>,
  turned: readonly Turned[],
): Promise<readonly (PromotedTag & { readonly isKnown: boolean })[]> {
  const approved = new Map(
    (subject?.turns ?? []).map((turn) => {
      const { management, source } = placeOfTurn(turn);
      return [`${management} ${source}`, turn.target] as const;
    }),
  );
  const wanted = turned.flatMap(({ after: source, management }) => {
    if (source.ref.kind !== 'tag') return [];
    const commit = approved.get(`${management} ${source.namespace}/${source.name}`);
    return [{ source, tag: source.ref.tag, commit }];
  });
  const open = wanted.flatMap(({ tag, commit }) => (commit === undefined ? [tag] : []));
  const tags =
    open.length === 0
      ? new Map<string, CommitSha>()
      : (await changes.readChangeFacts(repo, { pulls: [], branches: [], tags: [...new Set(open)] })).tags;
  // A tag that is nowhere can hold no commit at all; the merge's own stands for none that a source will show.
  return wanted.map(({ source, tag, commit }) => {
    const known = commit ?? tags.get(tag);
    return { source, tag, commit: known ?? pull.commit, isKnown: known !== undefined };
  });
}
