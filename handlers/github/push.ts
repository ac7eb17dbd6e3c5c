import type { RepoName } from '../../src/domain/ids.ts';
import type { Intake } from '../ports.ts';

/** The part of a push event that matters here. https://docs.github.com/webhooks/webhook-events-and-payloads#push */
export interface PushEvent {
  readonly ref: string;
  readonly repository: { readonly full_name: string; readonly default_branch: string };
}

/** A push to the default branch may have changed what everybody needs to know of the platform. */
export async function pushed(
  intake: Pick<Intake, 'lookAtPlatform'>,
  repo: RepoName,
  event: PushEvent,
): Promise<void> {
  if (event.ref === `refs/heads/${event.repository.default_branch}`) await intake.lookAtPlatform(repo);
}
