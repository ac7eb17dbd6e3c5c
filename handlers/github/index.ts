import type { Probot } from 'probot';
import type { RepoName } from '../../src/domain/ids.ts';
import type { HandlerDeps } from '../ports.ts';
import { type PullRequestEvent, pullRequestChanged } from './pull-request.ts';
import { type PushEvent, pushed } from './push.ts';
import { type ReleaseEvent, releaseChanged } from './release.ts';

type Deps = Pick<HandlerDeps, 'repos' | 'intake'>;

/**
 * Registers a handler per event family. Each resolves only when Redis has the hint, so that GitHub gets its 2xx no
 * earlier; events of repositories that are not ours are answered and dropped.
 */
export function registerGitHubHandlers(app: Pick<Probot, 'on'>, deps: Deps): void {
  const isOurs = (name: string): name is RepoName => deps.repos.some((repo) => repo === name);
  app.on('push', async ({ payload }) => {
    const event: PushEvent = payload;
    if (isOurs(event.repository.full_name)) await pushed(deps.intake, event.repository.full_name, event);
  });
  app.on(['pull_request', 'pull_request_review'], async ({ payload }) => {
    const event: PullRequestEvent = payload;
    const repo = event.repository.full_name;
    if (isOurs(repo)) await pullRequestChanged(deps.intake, repo, event);
  });
  app.on('release', async ({ payload }) => {
    const event: ReleaseEvent = payload;
    const repo = event.repository.full_name;
    if (isOurs(repo)) await releaseChanged(deps.intake, repo, event);
  });
}
