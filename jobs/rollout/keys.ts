import type { RepoName } from '../../src/domain/ids.ts';

/** Keys of what is said about a rollout; each is said once, whoever comes first to say it. */
export const said = {
  message: (rollout: string) => `rollout:${rollout}`,
  page: (rollout: string, n: number) => `rollout:${rollout}:page:${n}`,
  /** @param about the merges that the news is about, each with how often its end was recorded before. */
  news: (rollout: string, what: 'failed' | 'stuck' | 'recovered' | 'applied', about: string) =>
    `rollout:${rollout}:${what}:${about}`,
  notAllowed: (rollout: string) => `rollout:${rollout}:not-allowed`,
  ofRelease: (rollout: string) => `rollout:${rollout}:of-release`,
} as const;

/** The one comment on a merged pull request. */
export const ROLLOUT_COMMENT = 'rollout';

/** Name of the mark that a rollout, as far as it is merged, ended and was told of. */
export function settledMark(stage: string): string {
  return `rollout-settled:${stage}`;
}

/** Name of the mark that changes when something was merged, so that whoever follows looks for it. */
export function mergedMark(repo: RepoName): string {
  return `merged:${repo}`;
}

/** Name of the mark that says who follows the rollouts of a repository. */
export function followerMark(repo: RepoName): string {
  return `follower:${repo}`;
}

/** Name of the mark that Flux was asked to fetch a merge. */
export function askedMark(rollout: string, management: string): string {
  return `asked:${rollout}:${management}`;
}
