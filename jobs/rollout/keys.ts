import type { RepoName } from '../../src/domain/ids.ts';

/** Keys of what is said about a rollout; each is said once, whoever comes first to say it. */
export const said = {
  message: (rollout: string) => `rollout:${rollout}`,
  page: (rollout: string, n: number) => `rollout:${rollout}:page:${n}`,
  /** @param episode counted from 1: each trouble, and each recovery from one, is news of its own. */
  news: (rollout: string, what: 'trouble' | 'recovered' | 'applied', episode: number) =>
    `rollout:${rollout}:${what}:${episode}`,
  notAllowed: (rollout: string) => `rollout:${rollout}:not-allowed`,
  ofRelease: (rollout: string) => `rollout:${rollout}:of-release`,
} as const;

/** The one comment on a merged pull request. */
export const ROLLOUT_COMMENT = 'rollout';

/** Name of the mark that holds what was last told of a rollout. */
export function toldMark(rollout: string): string {
  return `rollout-told:${rollout}`;
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
