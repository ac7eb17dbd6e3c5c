import type { CommitStatus } from '../types.ts';
import type { GitHubWorld } from '../world.ts';
import { renderAccount } from './accounts.ts';

/** GitHub's "simple-commit-status". */
export function renderSimpleStatus(world: GitHubWorld, status: CommitStatus) {
  return {
    url: `${world.urls.repoApi()}/statuses/${status.sha}`,
    avatar_url: renderAccount(world, status.creator).avatar_url,
    id: status.id,
    node_id: world.state.nodeId('StatusContext', status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.updatedAt,
  };
}

/** GitHub's "status". */
export function renderStatus(world: GitHubWorld, status: CommitStatus) {
  return { ...renderSimpleStatus(world, status), creator: renderAccount(world, status.creator) };
}
