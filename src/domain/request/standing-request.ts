import type { CommitSha, RequestId } from '../ids.ts';
import type { RequestPull } from '../request-state.ts';

/** A request's pull request with all that decides about changing or withdrawing it, read at one moment. */
export interface StandingRequest {
  readonly pull: RequestPull;
  /** Markdown, as it stands now. */
  readonly body: string;
  /** Name of the asker, from the trailers by which the request is known. */
  readonly requesterName: string | undefined;
  /** Their GitHub login, where they asked there and no Slack account is known. */
  readonly requesterLogin?: string | undefined;
  /** Its last commits, oldest first. */
  readonly commits: readonly {
    readonly sha: CommitSha;
    /** Whether this App made it, by GitHub's signature. */
    readonly ours: boolean;
    /** The change that it is, where this App made it. */
    readonly changeId: RequestId | undefined;
    readonly message: string;
  }[];
  readonly defaultBranch: string;
  /** The default branch's head. */
  readonly base: CommitSha;
}
