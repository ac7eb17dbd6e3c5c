import type { RepoName } from '../../src/domain/ids.ts';
import type { Intake } from '../ports.ts';

/** The part of a push event that matters here. https://docs.github.com/webhooks/webhook-events-and-payloads#push */
export interface PushEvent {
  readonly ref: string;
  readonly repository: { readonly full_name: string; readonly default_branch: string };
}

/**
 * A push to the default branch may have changed what everybody needs to know of the platform. So may a tag that was
 * created, moved or deleted; and either may void what was approved. (More than three tags pushed at once send no event:
 * those the sweep finds.)
 */
export async function pushed(
  intake: Pick<Intake, 'lookAtPlatform' | 'lookAtChanges'>,
  repo: RepoName,
  event: PushEvent,
): Promise<void> {
  const isDefault = event.ref === `refs/heads/${event.repository.default_branch}`;
  if (!isDefault && !event.ref.startsWith('refs/tags/')) return;
  await intake.lookAtPlatform(repo);
  await intake.lookAtChanges(repo);
}
