import type { Probot } from 'probot';
import type { HandlerDeps } from '../ports.ts';
import { type CheckRunEvent, checkRunChanged } from './check-run.ts';
import { type IssueEvent, issueChanged } from './issue.ts';
import { commented, type IssueCommentEvent } from './issue-comment.ts';
import { type MergeGroupEvent, queueAsked } from './merge-group.ts';
import { type PullRequestEvent, pullRequestChanged, requestChanged } from './pull-request.ts';
import { type PullRequestReviewEvent, reviewed } from './pull-request-review.ts';
import { type PushEvent, pushed } from './push.ts';
import { type ReleaseEvent, releaseChanged } from './release.ts';

type Deps = Pick<HandlerDeps, 'repos' | 'intake' | 'ownLogin'>;

/**
 * Registers a handler per event family. Each resolves only when Redis has the hint, so that GitHub gets its 2xx no
 * earlier; events of repositories that are not ours are answered and dropped.
 */
export function registerGitHubHandlers(app: Pick<Probot, 'on'>, { repos, intake, ownLogin }: Deps): void {
  const ours = (event: { readonly repository?: { readonly full_name: string } | undefined }) =>
    repos.find((repo) => repo === event.repository?.full_name);
  app.on('push', async ({ payload }) => {
    const event: PushEvent = payload;
    const repo = ours(event);
    if (repo) await pushed(intake, repo, event);
  });
  app.on('pull_request', async ({ payload }) => {
    const event: PullRequestEvent = payload;
    const repo = ours(event);
    if (repo) await pullRequestChanged(intake, repo, event, ownLogin());
  });
  app.on('pull_request_review', async ({ payload }) => {
    const event: PullRequestReviewEvent = payload;
    const repo = ours(event);
    if (!repo) return;
    await reviewed(intake, repo, event);
    await requestChanged(intake, repo, event);
  });
  app.on('issue_comment', async ({ payload }) => {
    const event: IssueCommentEvent = payload;
    const repo = ours(event);
    if (repo) await commented(intake, repo, event);
  });
  app.on('issues', async ({ payload }) => {
    const event: IssueEvent = payload;
    const repo = ours(event);
    if (repo) await issueChanged(intake, repo, event);
  });
  app.on('merge_group', async ({ payload }) => {
    const event: MergeGroupEvent = payload;
    const repo = ours(event);
    if (repo) await queueAsked(intake, repo, event);
  });
  app.on('check_run', async ({ id, payload }) => {
    const event: CheckRunEvent = payload;
    const repo = ours(event);
    if (repo) await checkRunChanged(intake, repo, event, id);
  });
  app.on('release', async ({ payload }) => {
    const event: ReleaseEvent = payload;
    const repo = ours(event);
    if (repo) await releaseChanged(intake, repo, event);
  });
}
