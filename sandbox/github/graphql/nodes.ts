import type { GraphContext, GraphNode } from './fields.ts';
import { node } from './fields.ts';

export interface RefView {
  /** With `refs/heads/` or `refs/tags/`. */
  readonly name: string;
  readonly oid: string;
}

/** The account as a `User`, `Bot` or `Organization`; null when nobody has the login any more. */
export function accountNode({ world }: GraphContext, login: string | null): GraphNode | null {
  const account = login === null ? undefined : world.state.account(login);
  return account ? node(account.type, account) : null;
}

/** The same, but null unless it is a person, for fields of the type `User`. */
export function userNode(context: GraphContext, login: string | null): GraphNode | null {
  const found = accountNode(context, login);
  return found?.__typename === 'User' ? found : null;
}

export function repositoryNode({ world }: GraphContext): GraphNode {
  return node('Repository', world.state.repo);
}

export function refNode(context: GraphContext, name: string): GraphNode | null {
  const oid = context.view.refs.get(name);
  return oid === undefined ? null : node('Ref', { name, oid } satisfies RefView);
}

/** A git object as what it is; null when there is none. */
export async function gitObjectNode({ world }: GraphContext, oid: string): Promise<GraphNode | null> {
  const object = await world.git.object(oid);
  if (object?.type === 'commit') return node('Commit', await world.git.commit(oid));
  if (object?.type === 'tag') return node('Tag', await world.git.tag(oid));
  if (object?.type === 'tree') return node('Tree', { oid });
  return object ? node('Blob', { oid, content: object.content }) : null;
}

export async function commitNode({ world }: GraphContext, oid: string | null): Promise<GraphNode | null> {
  const commit = oid === null ? undefined : await world.git.commit(oid);
  return commit ? node('Commit', commit) : null;
}

/** Finds what a global node id names; null when it names nothing that exists. */
export async function nodeById(context: GraphContext, id: string): Promise<GraphNode | null> {
  const { state } = context.world;
  const name = state.byNodeId(id);
  if (!name) return null;
  const number = Number(name.key);
  switch (name.kind) {
    case 'User':
    case 'Bot':
    case 'Organization':
      return accountNode(context, name.key);
    case 'Repository':
      return number === state.repo.id ? repositoryNode(context) : null;
    case 'Ref':
      return refNode(context, name.key);
    case 'Commit':
    case 'Tree':
    case 'Blob':
    case 'Tag':
      return gitObjectNode(context, name.key);
    case 'PullRequest':
      return wrap('PullRequest', context.view.pulls.get(number));
    case 'PullRequestReview':
      return reviewById(context, number);
    case 'Issue':
      return wrap('Issue', state.issues.get(number));
    case 'IssueComment':
      return wrap('IssueComment', state.comments.get(number));
    case 'Team':
      return wrap('Team', withKey(state.teams.values(), name.key));
    case 'Label':
      return wrap('Label', withKey(state.labels.values(), name.key));
    case 'CheckRun':
      return wrap('CheckRun', state.checkRuns.get(number));
    case 'CheckSuite':
      return wrap('CheckSuite', state.checkSuites.get(number));
    case 'StatusContext':
      return wrap('StatusContext', withKey(state.statuses, name.key));
    case 'Release':
      return wrap('Release', state.releases.get(number));
    case 'Deployment':
      return wrap('Deployment', state.deployments.get(number));
    case 'App':
    case 'Integration':
      return node('App', state.app);
    default:
      return null;
  }
}

function reviewById(context: GraphContext, id: number): GraphNode | null {
  for (const pull of context.view.pulls.values()) {
    const review = pull.reviews.find((each) => each.id === id);
    if (review) return node('PullRequestReview', { pull, review });
  }
  return null;
}

function wrap(typename: string, it: unknown): GraphNode | null {
  return it === undefined ? null : node(typename, it);
}

function withKey<T extends { readonly id: number; readonly slug?: string }>(
  all: Iterable<T>,
  key: string,
): T | undefined {
  return [...all].find((each) => String(each.id) === key || each.slug === key);
}
