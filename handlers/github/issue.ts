import type { RepoName } from '../../src/domain/ids.ts';
import { parseIssueForm } from '../../src/domain/request/issue-form.ts';
import type { Intake } from '../ports.ts';

/**
 * The part of an issue's events that matters here.
 * https://docs.github.com/webhooks/webhook-events-and-payloads#issues
 */
export interface IssueEvent {
  readonly action: string;
  readonly repository: { readonly full_name: string };
  readonly issue: { readonly number: number; readonly body?: string | null | undefined };
}

const CHANGES_THE_TEXT: readonly string[] = ['opened', 'edited', 'reopened'];

/** An issue that was made with the form for tenants may have become a request, or another one. */
export async function issueChanged(
  intake: Pick<Intake, 'lookAtIssue'>,
  repo: RepoName,
  { action, issue }: IssueEvent,
): Promise<void> {
  if (!CHANGES_THE_TEXT.includes(action)) return;
  // Most issues have nothing to do with tenants, and cost no look.
  if (parseIssueForm(issue.body ?? '').kind === 'other') return;
  await intake.lookAtIssue(repo, issue.number);
}
