import type { Actor } from '../actor.ts';
import { notFound, unprocessable, validationFailed } from '../problem.ts';
import type { Pull } from '../types.ts';
import { actorLogin, type GitHubWorld } from '../world.ts';
import { announcePull } from './announce-pull.ts';
import { createCommit } from './commits.ts';
import { keepHeadRef } from './follow-pulls.ts';
import { moveRefs } from './move-refs.ts';

export interface NewPull {
  readonly title: string;
  readonly body?: string | null | undefined;
  /** Branch names; `owner:branch` is understood for the head. */
  readonly head: string;
  readonly base: string;
  readonly draft?: boolean | undefined;
}

/**
 * Opens a pull request.
 *
 * @throws Problem 422 as GitHub words it: an open one for the same branches, an unknown branch, nothing to merge.
 */
export function createPull(world: GitHubWorld, actor: Actor, input: NewPull): Promise<Pull> {
  return world.exclusive(async () => {
    const { state } = world;
    const headRef = input.head.replace(`${state.repo.owner}:`, '');
    const headSha = branchTip(world, headRef, 'head');
    const baseSha = branchTip(world, input.base, 'base');
    if (input.title.trim() === '')
      throw validationFailed([{ resource: 'PullRequest', field: 'title', code: 'missing_field' }]);
    const twin = [...state.pulls.values()].some(
      (pull) => pull.state === 'open' && pull.headRef === headRef && pull.baseRef === input.base,
    );
    if (twin) throw refusedPull(`A pull request already exists for ${state.repo.owner}:${headRef}.`);
    if (await world.git.isAncestor(headSha, baseSha)) {
      throw refusedPull(`No commits between ${input.base} and ${headRef}`);
    }
    const pull: Pull = {
      ...blankPull(world),
      id: state.nextId(),
      issueId: state.nextId(),
      number: state.nextNumber(),
      title: input.title,
      body: input.body ?? null,
      user: actorLogin(world, actor),
      draft: input.draft ?? false,
      headRef,
      headSha,
      baseRef: input.base,
      baseSha,
    };
    state.pulls.set(pull.number, pull);
    await keepHeadRef(world, pull);
    await announcePull(world, actor, pull, 'opened');
    for (const listener of world.listeners.pullOpened) await listener(world, actor, pull);
    return pull;
  });
}

export interface PullChange {
  readonly title?: string | undefined;
  readonly body?: string | null | undefined;
  readonly state?: 'open' | 'closed' | undefined;
  readonly base?: string | undefined;
  readonly draft?: boolean | undefined;
}

/** Changes what is given. @throws Problem 404, or 422 when it cannot be reopened or the base is none. */
export function editPull(
  world: GitHubWorld,
  actor: Actor,
  number: number,
  change: PullChange,
): Promise<Pull> {
  return world.exclusive(async () => {
    const pull = pullOf(world, number);
    const changes: Record<string, unknown> = {};
    if (change.title !== undefined && change.title !== pull.title) {
      changes['title'] = { from: pull.title };
      pull.title = change.title;
    }
    if (change.body !== undefined && change.body !== pull.body) {
      changes['body'] = { from: pull.body ?? '' };
      pull.body = change.body;
    }
    if (change.base !== undefined && change.base !== pull.baseRef) {
      const sha = branchTip(world, change.base, 'base');
      changes['base'] = { ref: { from: pull.baseRef }, sha: { from: pull.baseSha } };
      pull.baseRef = change.base;
      pull.baseSha = sha;
    }
    pull.updatedAt = world.iso();
    if (Object.keys(changes).length > 0) await announcePull(world, actor, pull, 'edited', { changes });
    if (change.draft !== undefined && change.draft !== pull.draft) {
      pull.draft = change.draft;
      await announcePull(world, actor, pull, pull.draft ? 'converted_to_draft' : 'ready_for_review');
    }
    if (change.state === 'closed' && pull.state === 'open') await closePull(world, actor, pull);
    if (change.state === 'open' && pull.state === 'closed') await reopenPull(world, actor, pull);
    return pull;
  });
}

/** The pull request of that number. @throws Problem 404. */
export function pullOf(world: GitHubWorld, number: number): Pull {
  const pull = world.state.pulls.get(number);
  if (!pull) throw notFound();
  return pull;
}

/** Merges the base into the head ("Update branch"). @throws Problem 422 when the head moved or they conflict. */
export function updatePullBranch(
  world: GitHubWorld,
  actor: Actor,
  number: number,
  expected?: string,
): Promise<string> {
  return world.exclusive(async () => {
    const pull = pullOf(world, number);
    if (expected !== undefined && expected !== pull.headSha) {
      throw unprocessable('expected head sha didn’t match current head ref.');
    }
    const base = branchTip(world, pull.baseRef, 'base');
    if (await world.git.isAncestor(base, pull.headSha))
      throw unprocessable('There are no new commits on the base branch.');
    const tree = await world.git.mergeTree(pull.headSha, base);
    if (tree === undefined) throw unprocessable('merge conflict between base and head');
    const message = `Merge branch '${pull.baseRef}' into ${pull.headRef}`;
    const to = await createCommit(world, actor, { message, tree, parents: [pull.headSha, base] });
    await moveRefs(world, actor, [{ ref: `refs/heads/${pull.headRef}`, from: pull.headSha, to }]);
    return to;
  });
}

async function closePull(world: GitHubWorld, actor: Actor, pull: Pull): Promise<void> {
  pull.state = 'closed';
  pull.closedAt = world.iso();
  await announcePull(world, actor, pull, 'closed');
}

async function reopenPull(world: GitHubWorld, actor: Actor, pull: Pull): Promise<void> {
  const head = world.state.refs.get(`refs/heads/${pull.headRef}`);
  const twin = [...world.state.pulls.values()].some(
    (each) => each.state === 'open' && each.headRef === pull.headRef && each.baseRef === pull.baseRef,
  );
  if (pull.merged || head === undefined || twin) {
    throw validationFailed([
      { resource: 'PullRequest', code: 'invalid', field: 'state', message: 'state cannot be changed.' },
    ]);
  }
  pull.state = 'open';
  pull.closedAt = null;
  pull.headSha = head;
  await keepHeadRef(world, pull);
  await announcePull(world, actor, pull, 'reopened');
}

function branchTip(world: GitHubWorld, branch: string, field: 'head' | 'base'): string {
  const sha = world.state.refs.get(`refs/heads/${branch}`);
  if (sha === undefined) throw validationFailed([{ resource: 'PullRequest', field, code: 'invalid' }]);
  return sha;
}

function refusedPull(message: string): Error {
  return validationFailed([{ resource: 'PullRequest', code: 'custom', message }]);
}

/** What every new pull request starts with. */
export function blankPull(world: GitHubWorld) {
  const now = world.iso();
  return {
    state: 'open' as const,
    locked: false,
    merged: false,
    mergedAt: null,
    mergedBy: null,
    mergeCommitSha: null,
    closedAt: null,
    createdAt: now,
    updatedAt: now,
    requestedReviewers: [],
    requestedTeams: [],
    reviews: [],
    labels: [],
    assignees: [],
    milestone: null,
    autoMerge: null,
    queuedAt: null,
  };
}
