import type { RepoName } from '../../src/domain/ids.ts';
import type { Intake } from '../ports.ts';

/**
 * The part of a pull request's events, and of its reviews' events, that matters here.
 * https://docs.github.com/webhooks/webhook-events-and-payloads#pull_request
 */
export interface PullRequestEvent {
  readonly action: string;
  readonly repository: { readonly full_name: string };
  readonly pull_request: { readonly number: number; readonly head: { readonly ref: string } };
  readonly sender?: { readonly login: string } | undefined;
}

/** After these, the list of requests under way is another one. */
const CHANGES_THE_LIST: readonly string[] = ['opened', 'closed', 'reopened', 'edited'];

/** After these, what a pull request does to production, or what keeps it from merging, may be something else. */
const CHANGES_THE_PULL: readonly string[] = [
  'opened',
  'reopened',
  'synchronize',
  'edited',
  'ready_for_review',
  'converted_to_draft',
  'closed',
  'dequeued',
];

/** After these, what the conventions say of it may be something else. */
const CHANGES_THE_CONVENTIONS: readonly string[] = ['opened', 'reopened', 'synchronize', 'edited'];

/** What we do to promotions of our own is looked at by whoever does it, and by the sweep if that dies midway. */
function isOurDeed({ action, pull_request: pull, sender }: PullRequestEvent, ownLogin: string | undefined) {
  return (
    ownLogin !== undefined &&
    sender?.login === ownLogin &&
    pull.head.ref.startsWith('promote-') &&
    (action === 'opened' || action === 'closed')
  );
}

/**
 * Every pull request's head gets its checks, whatever its branch is called.
 *
 * @param ownLogin under which this App acts on GitHub, as far as it is known.
 */
export async function pullRequestChanged(
  intake: Pick<Intake, 'lookAtPlatform' | 'lookAtRequest' | 'lookAtPull' | 'lookAtConventions'>,
  repo: RepoName,
  event: PullRequestEvent,
  ownLogin: string | undefined,
): Promise<void> {
  const { number } = event.pull_request;
  if (CHANGES_THE_PULL.includes(event.action) && !isOurDeed(event, ownLogin))
    await intake.lookAtPull(repo, number);
  if (CHANGES_THE_CONVENTIONS.includes(event.action)) await intake.lookAtConventions(repo, number);
  await requestChanged(intake, repo, event);
}

/** Anything about the pull request of a tenant request may be news for who asked. */
export async function requestChanged(
  intake: Pick<Intake, 'lookAtPlatform' | 'lookAtRequest'>,
  repo: RepoName,
  { action, pull_request: pull }: PullRequestEvent,
): Promise<void> {
  if (!pull.head.ref.startsWith('tenant-')) return;
  await intake.lookAtRequest(repo, pull.number);
  if (CHANGES_THE_LIST.includes(action)) await intake.lookAtPlatform(repo);
}
