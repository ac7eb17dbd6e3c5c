import type { Actor } from '../actor.ts';
import { emit } from '../events.ts';
import { validationFailed } from '../problem.ts';
import { renderCommit } from '../render/commit.ts';
import type { CommitStatus } from '../types.ts';
import { actorLogin, type GitHubWorld } from '../world.ts';
import { advanceQueue } from './merge-queue.ts';

export type NewStatus = Pick<CommitStatus, 'state' | 'context' | 'description' | 'targetUrl'>;

/** GitHub takes no more than so many statuses for one commit and context. https://docs.github.com/rest/commits/statuses */
const mostStatuses = 1000;

/** Whoever may write can set any context: a status proves nothing. @throws Problem 422. */
export function createStatus(
  world: GitHubWorld,
  actor: Actor,
  sha: string,
  input: NewStatus,
): Promise<CommitStatus> {
  return world.exclusive(async () => {
    const twins = world.state.statuses.filter((each) => each.sha === sha && each.context === input.context);
    if (twins.length >= mostStatuses)
      throw validationFailed([
        {
          resource: 'Status',
          code: 'custom',
          message: 'This SHA and context has reached the maximum number of statuses.',
        },
      ]);
    if ((input.description ?? '').length > 140)
      throw validationFailed([
        {
          resource: 'Status',
          code: 'custom',
          field: 'description',
          message: 'description is too long (maximum is 140 characters)',
        },
      ]);
    const now = world.iso();
    const creator = actorLogin(world, actor);
    const status: CommitStatus = {
      id: world.state.nextId(),
      sha,
      ...input,
      creator,
      createdAt: now,
      updatedAt: now,
    };
    world.state.statuses.push(status);
    await send(world, actor, status);
    await advanceQueue(world, sha);
    return status;
  });
}

async function send(world: GitHubWorld, actor: Actor, status: CommitStatus): Promise<void> {
  const { state, git, urls } = world;
  const commit = await git.commit(status.sha);
  const branches = [...state.refs]
    .filter(([name, sha]) => name.startsWith('refs/heads/') && sha === status.sha)
    .map(([name, sha]) => ({
      name: name.slice('refs/heads/'.length),
      commit: { sha, url: `${urls.repoApi()}/commits/${sha}` },
      protected: false,
    }));
  emit(world, 'status', undefined, actor, {
    id: status.id,
    sha: status.sha,
    name: `${state.repo.owner}/${state.repo.name}`,
    target_url: status.targetUrl,
    context: status.context,
    description: status.description,
    state: status.state,
    commit: commit && renderCommit(world, commit),
    branches,
    created_at: status.createdAt,
    updated_at: status.updatedAt,
  });
}
