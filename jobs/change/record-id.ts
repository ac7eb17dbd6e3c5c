import type { RepoName } from '../../src/domain/ids.ts';

/** Id of a record that follows from facts: several repositories may share one ledger. */
export function recordId(repo: RepoName, name: string): string {
  return `${repo.replace('/', '.')}-${name}`;
}
