import type {
  ChangeIntentPayload,
  FreezePayload,
  PromotePayload,
  ShowChangesPayload,
} from '../jobs/change/payloads.ts';
import type { MendTitlePayload } from '../jobs/conventions/payloads.ts';
import type {
  CutReleasePayload,
  OnboardPayload,
  ShowFleetPayload,
  ShowReleasePayload,
  ShowStatusPayload,
} from '../jobs/payloads.ts';
import type { Log, Marks, People, SnapshotStore } from '../jobs/ports.ts';
import type {
  ChangeRequestPayload,
  ShowRequestFormPayload,
  WithdrawRequestPayload,
} from '../jobs/request/payloads.ts';
import type { ShowRolloutPayload, ShowWhyPayload, TryAgainPayload } from '../jobs/rollout/payloads.ts';
import type { EditTenantPayload, ShowTenantPayload } from '../jobs/tenant-life/payloads.ts';
import type { CommitSha, RepoName } from '../src/domain/ids.ts';

/** Where the doors leave what people want and what may have changed. */
export interface Intake {
  /**
   * Leaves an onboarding request in the queue, once per request id.
   *
   * @throws when Redis has not confirmed it within 2 s; it may have it all the same, and sending it again is safe.
   */
  onboard(payload: OnboardPayload): Promise<void>;
  /**
   * Asks for a tenant, or for what a change of it would bring, in an open view.
   *
   * @param once names the wish, for one view asks more than once.
   */
  showTenant(payload: ShowTenantPayload, once: string): Promise<void>;
  /** Leaves a change of a tenant in the queue, once per request id and answer of a second person; as for `onboard`. */
  editTenant(payload: EditTenantPayload): Promise<void>;
  /** Asks for the form of a request that stands, in an open view. */
  showRequestForm(payload: ShowRequestFormPayload): Promise<void>;
  /** Leaves a change of a request in the queue, once per change id; as for `onboard`. */
  changeRequest(payload: ChangeRequestPayload): Promise<void>;
  /** Leaves a withdrawal in the queue, once per press; as for `onboard`. */
  withdrawRequest(payload: WithdrawRequestPayload): Promise<void>;
  /** Asks for the release form in an open view. */
  showRelease(payload: ShowReleasePayload): Promise<void>;
  /** Leaves a release in the queue, once per request id; as for `onboard`. */
  cutRelease(payload: CutReleasePayload): Promise<void>;
  /** Asks for the platform's status in an open view. */
  showStatus(payload: ShowStatusPayload): Promise<void>;
  /** Leaves the wish to see the fleet in the queue, once per form; throws as `onboard` does. */
  showFleet(payload: ShowFleetPayload): Promise<void>;
  /** Leaves what somebody says about a change in the queue, once per action id; throws as `onboard` does. */
  changeIntent(payload: ChangeIntentPayload): Promise<void>;
  /** Leaves a promotion, or the return to what ran before, in the queue, once per request id; as for `onboard`. */
  promote(payload: PromotePayload): Promise<void>;
  /** Leaves a freeze, or its end, in the queue, once per action id; as for `onboard`. */
  freeze(payload: FreezePayload): Promise<void>;
  /**
   * Asks for changes, one or all, in an open view.
   *
   * @param once names the wish, where one view can ask more than once; the view's id by default.
   */
  showChanges(payload: ShowChangesPayload, once?: string): Promise<void>;
  /** Asks for one rollout in an open view. */
  showRollout(payload: ShowRolloutPayload): Promise<void>;
  /** Asks why something fails, in an open view. */
  showWhy(payload: ShowWhyPayload): Promise<void>;
  /** Leaves the wish that Flux tries something again in the queue, once per action id; throws as `onboard` does. */
  tryAgain(payload: TryAgainPayload): Promise<void>;
  lookAtPlatform(repo: RepoName): Promise<void>;
  lookAtRequest(repo: RepoName, number: number): Promise<void>;
  lookAtIssue(repo: RepoName, number: number): Promise<void>;
  lookAtRelease(repo: RepoName, id: number, tag: string): Promise<void>;
  lookAtPull(repo: RepoName, number: number): Promise<void>;
  /** @param again to look though nothing has changed. */
  lookAtConventions(repo: RepoName, number: number, again?: boolean): Promise<void>;
  /** Leaves the wish for the suggested title in the queue, once per action id; throws as `onboard` does. */
  mendTitle(payload: MendTitlePayload): Promise<void>;
  lookAtChange(repo: RepoName, number: number): Promise<void>;
  /** A look at every change that is open. */
  lookAtChanges(repo: RepoName): Promise<void>;
  /**
   * Has a head that a merge queue made answered for.
   *
   * @param ref `gh-readonly-queue/<base>/pr-<number>-<sha>`.
   */
  answerQueue(repo: RepoName, head: CommitSha, ref: string): Promise<void>;
}

/** Forms in Slack. No call is repeated: a trigger lives 3 s. */
export interface Modals {
  /** Opens a form; returns its view's id. Throws when Slack does not take it. */
  open(triggerId: string, view: object): Promise<string>;
  /** Replaces an open form's content. */
  update(viewId: string, view: object, hash?: string): Promise<void>;
}

/** The outside, as the doors need it; `main.ts` brings the adapters. */
export interface HandlerDeps {
  /** The login under which this App acts on GitHub; undefined until GitHub has told it. */
  readonly ownLogin: () => string | undefined;
  readonly repos: readonly RepoName[];
  readonly intake: Intake;
  readonly modals: Modals;
  readonly people: People;
  readonly snapshots: Pick<SnapshotStore, 'current'>;
  readonly marks: Pick<Marks, 'get'>;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}
