import type { RepoName } from '../../src/domain/ids.ts';

/** Keys of what is said about a change; each is said once, whoever comes first to say it. */
export const said = {
  message: (repo: RepoName, change: number) => `change:${repo}:${change}`,
  deed: (repo: RepoName, change: number, record: string) => `change:${repo}:${change}:deed:${record}`,
  asked: (repo: RepoName, change: number, digest: string) => `change:${repo}:${change}:asked:${digest}`,
  trouble: (repo: RepoName, change: number, code: string) => `change:${repo}:${change}:trouble:${code}`,
  reminder: (repo: RepoName, change: number, n: number) => `change:${repo}:${change}:reminder:${n}`,
} as const;

/** The one comment on a change's pull request. */
export const COMMENT = 'change';

/** Name of the mark that open changes were looked at by the sweep. */
export function changesSweptMark(repo: RepoName): string {
  return `changes-swept:${repo}`;
}
