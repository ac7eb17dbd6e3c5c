import type { RepoName, RequestId } from '../../src/domain/ids.ts';

/** Keys of what is said about a release; each is said once, whoever comes first to say it. */
export const said = {
  announcement: (repo: RepoName, id: number) => `release:${repo}:${id}`,
  part: (repo: RepoName, id: number, n: number) => `release:${repo}:${id}:part:${n}`,
  team: (repo: RepoName, id: number, channel: string) => `release:${repo}:${id}:team:${channel}`,
  end: (id: RequestId) => `cut:${id}:end`,
} as const;

/** Name of the mark that holds which request is making a tag. */
export function cutMark(repo: RepoName, tag: string): string {
  return `cut:${repo}:${tag}`;
}

/** Name of the mark that holds which releases stand announced. */
export function announcedMark(repo: RepoName): string {
  return `announced:${repo}`;
}

/** Name of the mark that a release was not announced since it was a pre-release. */
export function heldBackMark(repo: RepoName, id: number): string {
  return `held-back:${repo}!${id}`;
}
