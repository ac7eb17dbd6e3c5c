import { codeownersErrors } from '../operations/codeowners.ts';
import { latestRelease } from '../operations/releases.ts';
import { roleOf } from '../permissions.ts';
import type { Repository } from '../types.ts';
import { people } from './accounts.ts';
import { connect, type PageArgs } from './connection.ts';
import { type IssueFilter, labelNode, selectIssues } from './conversation.ts';
import { resolveExpression } from './expression.ts';
import { type Fields, fieldsOf, type GraphContext, node } from './fields.ts';
import { GraphFault } from './graph-fault.ts';
import { accountNode, gitObjectNode, refNode } from './nodes.ts';
import { type Order, type PullFilter, selectPulls } from './select-pulls.ts';
import { findRef, type RefFilter, selectRefs } from './select-refs.ts';
import { releaseOfTag, selectReleases } from './select-releases.ts';

const facts: Fields = fieldsOf<Repository>({
  id: (it, _, { world }) => world.state.nodeId('Repository', it.id),
  databaseId: (it) => it.id,
  name: (it) => it.name,
  nameWithOwner: (it) => `${it.owner}/${it.name}`,
  owner: (it, _, context) => accountNode(context, it.owner),
  description: (it) => it.description,
  url: (_, __, { world }) => world.urls.repoHtml(),
  resourcePath: (it) => `/${it.owner}/${it.name}`,
  sshUrl: (it, _, { world }) => `git@${new URL(world.urls.api()).hostname}:${it.owner}/${it.name}.git`,
  homepageUrl: () => null,
  createdAt: (it) => it.createdAt,
  updatedAt: (it) => it.updatedAt,
  pushedAt: (it) => it.pushedAt,
  isPrivate: (it) => it.isPrivate,
  visibility: (it) => (it.isPrivate ? 'PRIVATE' : 'PUBLIC'),
  isArchived: () => false,
  isDisabled: () => false,
  isEmpty: (_, __, { view }) => view.refs.size === 0,
  isFork: () => false,
  isInOrganization: () => true,
  isLocked: () => false,
  isMirror: () => false,
  isTemplate: () => false,
  hasIssuesEnabled: () => true,
  hasProjectsEnabled: () => false,
  hasWikiEnabled: () => false,
  hasDiscussionsEnabled: () => false,
  forkCount: () => 0,
  stargazerCount: () => 0,
  squashMergeAllowed: (it) => it.allowSquashMerge,
  mergeCommitAllowed: (it) => it.allowMergeCommit,
  rebaseMergeAllowed: (it) => it.allowRebaseMerge,
  autoMergeAllowed: () => false,
  allowUpdateBranch: () => true,
  deleteBranchOnMerge: (it) => it.deleteBranchOnMerge,
  squashMergeCommitTitle: () => 'PR_TITLE',
  squashMergeCommitMessage: () => 'COMMIT_MESSAGES',
  mergeCommitTitle: () => 'MERGE_MESSAGE',
  mergeCommitMessage: () => 'PR_TITLE',
  viewerDefaultMergeMethod: (it) => (it.allowSquashMerge ? 'SQUASH' : 'MERGE'),
  viewerPermission: (_, __, { world, actor }) =>
    actor.kind === 'user' ? (roleOf(world, actor.login)?.toUpperCase() ?? null) : null,
  viewerCanAdminister: (_, __, { world, actor }) =>
    actor.kind === 'user' && roleOf(world, actor.login) === 'admin',
});

export const repositoryFields: Fields = {
  ...facts,
  ...fieldsOf<Repository>({
    defaultBranchRef: (it, _, context) => refNode(context, `refs/heads/${it.defaultBranch}`),
    ref: (_, args: { qualifiedName: string }, context) => findRef(context, args.qualifiedName),
    refs: async (_, args: PageArgs & RefFilter, context, info) =>
      connect(await selectRefs(context, args), args, info, (name) => refNode(context, name)),
    object: async (_, args: { expression?: string | null; oid?: string | null }, context) => {
      const oid =
        args.oid ?? (args.expression ? await resolveExpression(context, args.expression) : undefined);
      return oid === undefined ? null : gitObjectNode(context, oid);
    },
    pullRequest: (_, args: { number: number }, { view }) => {
      const pull = view.pulls.get(args.number);
      if (!pull) throw missing('PullRequest', args.number);
      return node('PullRequest', pull);
    },
    pullRequests: (_, args: PageArgs & PullFilter, context, info) =>
      connect(selectPulls(context, args), args, info),
    issue: (_, args: { number: number }, { world }) => {
      const issue = world.state.issues.get(args.number);
      if (!issue) throw missing('Issue', args.number);
      return node('Issue', issue);
    },
    issues: (_, args: PageArgs & IssueFilter, context, info) =>
      connect(selectIssues(context, args), args, info),
    issueOrPullRequest: (_, args: { number: number }, { world, view }) => {
      const pull = view.pulls.get(args.number);
      const issue = world.state.issues.get(args.number);
      if (!pull && !issue) throw missing('issue or pull request', args.number);
      return pull ? node('PullRequest', pull) : node('Issue', issue);
    },
    label: (_, args: { name: string }, { world }) => {
      const label = world.state.labels.get(args.name.toLowerCase());
      return label ? labelNode(label) : null;
    },
    labels: (_, args: PageArgs & { query?: string | null; orderBy?: Order | null }, { world }, info) => {
      const query = args.query?.toLowerCase();
      const all = [...world.state.labels.values()].filter(
        (label) => !query || label.name.toLowerCase().includes(query),
      );
      if (args.orderBy?.field === 'NAME') all.sort((one, other) => one.name.localeCompare(other.name));
      return connect(args.orderBy?.direction === 'DESC' ? all.reverse() : all, args, info, labelNode);
    },
    release: (_, args: { tagName: string }, context) => {
      const release = releaseOfTag(context, args.tagName);
      return release ? node('Release', release) : null;
    },
    releases: (_, args: PageArgs & { orderBy?: Order | null }, context, info) =>
      connect(selectReleases(context, args.orderBy), args, info, (release) => node('Release', release)),
    latestRelease: (_, __, context) => {
      const release = latestRelease(context.world);
      return release ? node('Release', release) : null;
    },
    deployments: (_, args: PageArgs & DeploymentFilter, { world }, info) => {
      const all = [...world.state.deployments.values()].filter(
        (each) => !args.environments || args.environments.includes(each.environment),
      );
      const ordered = args.orderBy?.direction === 'DESC' ? all.reverse() : all;
      return connect(ordered, args, info, (each) => node('Deployment', each));
    },
    assignableUsers: (_, args: PageArgs, { world }, info) =>
      connect(
        people([...world.state.accounts.values()].filter((each) => roleOf(world, each.login))),
        args,
        info,
      ),
    mentionableUsers: (_, args: PageArgs, { world }, info) =>
      connect(
        people([...world.state.accounts.values()].filter((each) => roleOf(world, each.login))),
        args,
        info,
      ),
    collaborators: (
      _,
      args: PageArgs & { query?: string | null; login?: string | null },
      { world },
      info,
    ) => {
      const found = [...world.state.accounts.values()].filter(
        (each) =>
          each.type === 'User' &&
          roleOf(world, each.login) &&
          (args.query == null || each.login.includes(args.query)) &&
          (args.login == null || each.login === args.login),
      );
      const edges = connect(found, args, info, (each) => ({
        permission: roleOf(world, each.login)?.toUpperCase(),
        node: node('User', each),
      })).nodes;
      return { ...connect(people(found), args, info), edges };
    },
    mergeQueue: (it, args: { branch?: string | null }) =>
      node('MergeQueue', { branch: args.branch ?? it.defaultBranch }),
    codeowners: (_, args: { refName?: string | null }, context) =>
      codeownersView(context, args.refName ?? undefined),
  }),
};

async function codeownersView(context: GraphContext, ref: string | undefined): Promise<unknown> {
  const errors = await codeownersErrors(context.world, ref);
  return errors ? { errors } : null;
}

interface DeploymentFilter {
  readonly environments?: readonly string[] | null;
  readonly orderBy?: Order | null;
}

function missing(kind: string, number: number): GraphFault {
  return new GraphFault(
    'NOT_FOUND',
    `Could not resolve to ${kind === 'issue or pull request' || kind === 'Issue' ? 'an' : 'a'} ${kind} with the number of ${number}.`,
  );
}
