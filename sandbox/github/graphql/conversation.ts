import { associationOf } from '../render/association.ts';
import type { Comment, Issue, Label, Pull } from '../types.ts';
import { actorLogin } from '../world.ts';
import { connect, type PageArgs } from './connection.ts';
import { type Fields, fieldsOf, type GraphContext, type GraphNode, node } from './fields.ts';
import { accountNode, repositoryNode } from './nodes.ts';
import { type Order, type PullFilter, selectPulls, sortByOrder } from './select-pulls.ts';

/** The fields that issues and pull requests have in common. */
export function conversationFields(kind: 'Issue' | 'PullRequest', path: 'issues' | 'pull'): Fields {
  return fieldsOf<Issue | Pull>({
    id: (it, _, { world }) => world.state.nodeId(kind, it.number),
    number: (it) => it.number,
    title: (it) => it.title,
    titleHTML: (it) => escapeHtml(it.title),
    body: (it) => it.body ?? '',
    bodyText: (it) => it.body ?? '',
    author: (it, _, context) => accountNode(context, it.user),
    authorAssociation: (it, _, { world }) => associationOf(world, it.user),
    locked: (it) => it.locked,
    activeLockReason: () => null,
    createdAt: (it) => it.createdAt,
    updatedAt: (it) => it.updatedAt,
    publishedAt: (it) => it.createdAt,
    closedAt: (it) => it.closedAt,
    lastEditedAt: () => null,
    createdViaEmail: () => false,
    milestone: () => null,
    url: (it, _, { world }) => `${world.urls.repoHtml()}/${path}/${it.number}`,
    resourcePath: (it, _, { world }) => new URL(`${world.urls.repoHtml()}/${path}/${it.number}`).pathname,
    repository: (_, __, context) => repositoryNode(context),
    labels: (it, args: PageArgs, context, info) =>
      connect(labelsOf(context, it.labels), args, info, labelNode),
    assignees: (it, args: PageArgs, context, info) =>
      connect(it.assignees, args, info, (login) => accountNode(context, login)),
    comments: (it, args: PageArgs & { orderBy?: Order | null }, { world }, info) => {
      const all = [...world.state.comments.values()].filter((comment) => comment.issueNumber === it.number);
      return connect(args.orderBy?.direction === 'DESC' ? all.reverse() : all, args, info, commentNode);
    },
    viewerDidAuthor: (it, _, { world, actor }) => it.user === actorLogin(world, actor),
    viewerCanLabel: () => true,
    viewerCanUpdate: () => true,
  });
}

export const issueFields: Fields = {
  ...conversationFields('Issue', 'issues'),
  ...fieldsOf<Issue>({
    databaseId: (it) => it.id,
    fullDatabaseId: (it) => String(it.id),
    state: (it) => it.state.toUpperCase(),
    stateReason: (it) => it.stateReason?.toUpperCase() ?? null,
    closed: (it) => it.state === 'closed',
    isPinned: () => false,
  }),
};

export const commentFields: Fields = fieldsOf<Comment>({
  id: (it, _, { world }) => world.state.nodeId('IssueComment', it.id),
  databaseId: (it) => it.id,
  fullDatabaseId: (it) => String(it.id),
  author: (it, _, context) => accountNode(context, it.user),
  body: (it) => it.body,
  bodyText: (it) => it.body,
  createdAt: (it) => it.createdAt,
  updatedAt: (it) => it.updatedAt,
  publishedAt: (it) => it.createdAt,
  lastEditedAt: (it) => (it.updatedAt === it.createdAt ? null : it.updatedAt),
  includesCreatedEdit: (it) => it.updatedAt !== it.createdAt,
  isMinimized: () => false,
  minimizedReason: () => null,
  createdViaEmail: () => false,
  viewerDidAuthor: (it, _, { world, actor }) => it.user === actorLogin(world, actor),
  repository: (_, __, context) => repositoryNode(context),
  url: (it, _, { world, view }) => {
    const path = view.pulls.has(it.issueNumber) ? 'pull' : 'issues';
    return `${world.urls.repoHtml()}/${path}/${it.issueNumber}#issuecomment-${it.id}`;
  },
  issue: (it, _, { world }) => {
    const issue = world.state.issues.get(it.issueNumber);
    return issue ? node('Issue', issue) : null;
  },
  pullRequest: (it, _, { view }) => {
    const pull = view.pulls.get(it.issueNumber);
    return pull ? node('PullRequest', pull) : null;
  },
});

export const labelFields: Fields = fieldsOf<Label>({
  id: (it, _, { world }) => world.state.nodeId('Label', it.id),
  name: (it) => it.name,
  color: (it) => it.color,
  description: (it) => it.description,
  isDefault: (it) => it.isDefault,
  createdAt: (_, __, { world }) => world.state.repo.createdAt,
  updatedAt: (_, __, { world }) => world.state.repo.createdAt,
  url: (it, _, { world }) => `${world.urls.repoHtml()}/labels/${encodeURIComponent(it.name)}`,
  resourcePath: (it, _, { world }) =>
    new URL(`${world.urls.repoHtml()}/labels/${encodeURIComponent(it.name)}`).pathname,
  repository: (_, __, context) => repositoryNode(context),
  pullRequests: (it, args: PageArgs & PullFilter, context, info) =>
    connect(selectPulls(context, { ...args, labels: [it.name] }), args, info),
  issues: (it, args: PageArgs & IssueFilter, context, info) =>
    connect(selectIssues(context, { ...args, labels: [it.name] }), args, info),
});

export interface IssueFilter {
  readonly states?: readonly string[] | null;
  readonly labels?: readonly string[] | null;
  readonly orderBy?: Order | null;
}

export function selectIssues({ world }: GraphContext, filter: IssueFilter): readonly GraphNode[] {
  const found = [...world.state.issues.values()].filter(
    (issue) =>
      (!filter.states || filter.states.includes(issue.state.toUpperCase())) &&
      (!filter.labels || issue.labels.some((label) => filter.labels?.includes(label))),
  );
  return sortByOrder(found, filter.orderBy).map((issue) => node('Issue', issue));
}

export function labelsOf({ world }: GraphContext, names: readonly string[]): readonly Label[] {
  return names.flatMap((name) => world.state.labels.get(name.toLowerCase()) ?? []);
}

export function labelNode(label: Label): GraphNode {
  return node('Label', label);
}

export function commentNode(comment: Comment): GraphNode {
  return node('IssueComment', comment);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`);
}
