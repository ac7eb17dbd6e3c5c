import type { CommitSha, RepoName } from '../../src/domain/ids.ts';
import type { IssueFacts } from '../../src/domain/request/issue-request.ts';
import type { StandingRequest } from '../../src/domain/request/standing-request.ts';
import type { NewFile } from '../ports.ts';

export interface RequestCommitPlan {
  readonly repo: RepoName;
  readonly branch: string;
  readonly onTopOf: CommitSha;
  readonly headline: string;
  readonly body: string;
  readonly writes: readonly NewFile[];
  readonly deletes: readonly string[];
}

/** What the jobs want of GitHub for requests that stand. Errors as for `PlatformRepository`. */
export interface Requests {
  /** One query: a pull request with its commits; undefined when there is none, or when it comes from a fork. */
  readStanding(repo: RepoName, number: number): Promise<StandingRequest | undefined>;
  /** One query; undefined when there is no issue of this number, as for a pull request. */
  readIssue(repo: RepoName, number: number): Promise<IssueFacts | undefined>;
  /** One commit on top of exactly the expected head; `stale` when the branch has another head, or is gone. */
  commit(plan: RequestCommitPlan): Promise<'committed' | 'stale'>;
  /** Rewrites what a pull request says. */
  describe(
    repo: RepoName,
    number: number,
    texts: { readonly title: string; readonly body: string },
  ): Promise<void>;
}
