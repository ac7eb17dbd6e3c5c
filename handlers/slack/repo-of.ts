import type { RepoName } from '../../src/domain/ids.ts';

/** The repository of ours that a view names; a view only routes, so a name that is not ours is none. */
export function repoOf(repos: readonly RepoName[], name: string): RepoName | undefined {
  return repos.find((repo) => repo === name);
}
