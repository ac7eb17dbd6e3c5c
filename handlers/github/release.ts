import type { RepoName } from '../../src/domain/ids.ts';
import type { Intake } from '../ports.ts';

/** The part of a release's events that matters here. https://docs.github.com/webhooks/webhook-events-and-payloads#release */
export interface ReleaseEvent {
  readonly action: string;
  readonly repository: { readonly full_name: string };
  readonly release: { readonly id: number; readonly tag_name: string; readonly draft: boolean };
}

/** What makes a draft of a release, or nothing. */
const ENDS: readonly string[] = ['unpublished', 'deleted'];

/** Anything about a published release may change its announcement, whoever made it; a draft has none. */
export async function releaseChanged(
  intake: Pick<Intake, 'lookAtRelease'>,
  repo: RepoName,
  { action, release }: ReleaseEvent,
): Promise<void> {
  if (release.draft && !ENDS.includes(action)) return;
  await intake.lookAtRelease(repo, release.id, release.tag_name);
}
