import type { RepoName } from '../src/domain/ids.ts';

/** Name of the mark that holds the `updatedAt` of a pull request when it was last looked at to the end. */
export function seenMark(repo: RepoName, number: number): string {
  return `seen:${repo}#${number}`;
}

/** How long it is remembered, in milliseconds; forgotten, it costs one look. */
export const SEEN_FOR_MS = 30 * 24 * 60 * 60 * 1000;
