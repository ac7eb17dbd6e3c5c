import type { GitHubLogin, RepoName } from '../../src/domain/ids.ts';
import type { Intake } from '../ports.ts';
import { commentCommand } from './comment-command.ts';

/**
 * The part of a comment's events that matters here.
 * https://docs.github.com/webhooks/webhook-events-and-payloads#issue_comment
 */
export interface IssueCommentEvent {
  readonly action: string;
  readonly repository: { readonly full_name: string };
  /** `pull_request` stands only in a pull request. */
  readonly issue: { readonly number: number; readonly pull_request?: object | undefined };
  readonly comment: {
    readonly id: number;
    readonly body: string;
    readonly created_at: string;
    readonly user: { readonly login: string; readonly type?: string | undefined } | null;
    /** An App that wrote it in a person's name. */
    readonly performed_via_github_app?: object | null | undefined;
  };
}

/**
 * Takes a command that a person wrote as a new comment on a pull request. An edited comment never is one: whoever has
 * write access can edit anybody's. Nor is what an App wrote, in its own name or in a person's.
 */
export async function commented(
  intake: Pick<Intake, 'changeIntent'>,
  repo: RepoName,
  { action, issue, comment }: IssueCommentEvent,
): Promise<void> {
  if (action !== 'created' || !issue.pull_request) return;
  const { user } = comment;
  if (user?.type !== 'User' || comment.performed_via_github_app) return;
  const wish = commentCommand(comment.body);
  if (wish === undefined) return;
  await intake.changeIntent({
    v: 1,
    repo,
    actionId: `comment-${comment.id}`,
    by: { login: user.login.toLowerCase() as GitHubLogin },
    askedAt: Date.parse(comment.created_at),
    pull: issue.number,
    via: 'comment',
    wish,
    answer: { kind: 'comment', pull: issue.number },
  });
}
