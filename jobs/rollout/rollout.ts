import type { Change } from '../../src/domain/change/change.ts';
import { toCome } from '../../src/domain/change/to-come.ts';
import type { CommitSha, RepoName, SlackUserId } from '../../src/domain/ids.ts';
import type { RolloutPlan } from '../../src/domain/rollout/plan.ts';
import type { MergedPull } from './rollout-ports.ts';

/** What a merge sets going: the rollout of a production change, or of one pull request that changes something else. */
export interface Rollout {
  /** `<owner/name>~<change>`, or `<owner/name>#<pull request>`. */
  readonly key: string;
  /** The key with what is merged and what is to come: a further merge goes on with what had ended. */
  readonly stage: string;
  readonly repo: RepoName;
  /** Undefined for what changes nothing in production: that is followed quietly. */
  readonly change: Change | undefined;
  readonly version: string | undefined;
  readonly parts: readonly RolloutPart[];
  /** Pull requests of the change that are still to be merged. */
  readonly toCome: number;
  readonly requestedBy: SlackUserId | undefined;
  readonly approvedBy: readonly SlackUserId[];
}

export type RecordedEnd = NonNullable<ReturnType<Change['applied']['get']>>;

/** One merged pull request of a rollout. */
export interface RolloutPart {
  readonly pull: MergedPull;
  readonly plan: RolloutPlan;
  /** Commits found to have the merge among their ancestors; the plan's legs see what is added. */
  readonly descendants: Set<CommitSha>;
  /** What the ledger says of it last; undefined while it says nothing. */
  readonly recorded: RecordedEnd | undefined;
  /** False while a tag that it turns to is not there: then nobody can say yet what is to run. */
  readonly isSure: boolean;
  /** Where it goes, as GitHub's environments are named, with the commit that it brings there. */
  readonly deployments: readonly { readonly environment: string; readonly commit: CommitSha }[];
}

export const rolloutKeyOf = {
  change: (repo: RepoName, change: number) => `${repo}~${change}`,
  pull: (repo: RepoName, pull: number) => `${repo}#${pull}`,
} as const;

/** A change's stage; that of a quiet merge is its key. */
export function stageOf(repo: RepoName, change: Change): string {
  const merged = change.merged.map(({ pull }) => pull).sort((a, b) => a - b);
  return `${rolloutKeyOf.change(repo, change.number)} ${merged.join(',')}+${toCome(change)}`;
}
