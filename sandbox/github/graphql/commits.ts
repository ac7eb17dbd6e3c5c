import { type CommitObject, type Identity, identityDate } from '../git/objects.ts';
import { accountByEmail } from '../identity.ts';
import { emptyTree } from '../render/commit.ts';
import { isVerified } from '../render/verification.ts';
import { checkSuitesOf } from './checks.ts';
import { connect, type PageArgs } from './connection.ts';
import { type Fields, fieldsOf, type GraphContext, node } from './fields.ts';
import { shared } from './git-shared.ts';
import { gitObjectNode, userNode } from './nodes.ts';
import { pullsOfCommit } from './select-pulls.ts';
import { rollupOf, statusOf } from './statuses.ts';

export const commitFields: Fields = {
  ...shared<CommitObject>('Commit'),
  ...fieldsOf<CommitObject>({
    url: (it, _, { world }) => `${world.urls.repoHtml()}/commit/${it.oid}`,
    resourcePath: (it, _, { world }) => new URL(`${world.urls.repoHtml()}/commit/${it.oid}`).pathname,
    message: (it) => it.message.trimEnd(),
    messageHeadline: (it) => headline(it.message),
    messageBody: (it) => it.message.trimEnd().split('\n').slice(1).join('\n').trim(),
    author: (it) => node('GitActor', it.author),
    committer: (it) => node('GitActor', it.committer),
    authors: (it, args: PageArgs, _, info) => connect([node('GitActor', it.author)], args, info),
    authoredDate: (it) => identityDate(it.author),
    committedDate: (it) => identityDate(it.committer),
    authoredByCommitter: (it) => it.author.email === it.committer.email,
    committedViaWeb: (it) => it.committer.email === 'noreply@github.com',
    tree: (it, _, context) => gitObjectNode(context, it.tree),
    treeUrl: (it, _, { world }) => `${world.urls.repoHtml()}/tree/${it.oid}`,
    parents: (it, args: PageArgs, context, info) =>
      connect(it.parents, args, info, (oid) => gitObjectNode(context, oid)),
    history: async (it, args: PageArgs & HistoryArgs, context, info) => {
      const bounds = [
        ...(args.since ? [`--since=${new Date(args.since).toISOString()}`] : []),
        ...(args.until ? [`--until=${new Date(args.until).toISOString()}`] : []),
      ];
      const oids = await context.world.git.revList([...bounds, it.oid], args.path ? [args.path] : []);
      return connect(oids, args, info, (oid) => gitObjectNode(context, oid));
    },
    file: async (it, args: { path: string }, { world }) => {
      const found = await world.git.at(it.oid, args.path);
      const name = args.path.split('/').at(-1) ?? '';
      return found ? node('TreeEntry', { ...found, name, path: args.path }) : null;
    },
    associatedPullRequests: async (it, args: PageArgs, context, info) =>
      connect(await pullsOfCommit(context, it.oid), args, info),
    signature: (it, _, { world }) => (isVerified(world, it) ? node('GpgSignature', it) : null),
    status: (it, _, context) => statusOf(context, it.oid),
    statusCheckRollup: (it, _, context) => rollupOf(context, it.oid),
    checkSuites: (it, args: PageArgs & { filterBy?: never }, context, info) =>
      connect(checkSuitesOf(context, it.oid, args.filterBy), args, info),
    additions: (it, _, context) =>
      changes(context, it).then((files) => sum(files.map((file) => file.additions))),
    deletions: (it, _, context) =>
      changes(context, it).then((files) => sum(files.map((file) => file.deletions))),
    changedFilesIfAvailable: (it, _, context) => changes(context, it).then((files) => files.length),
    changedFiles: (it, _, context) => changes(context, it).then((files) => files.length),
  }),
};

interface HistoryArgs {
  readonly path?: string | null;
  readonly since?: string | null;
  readonly until?: string | null;
}

function changes({ world }: GraphContext, commit: CommitObject) {
  return world.git.diff(commit.parents[0] ?? emptyTree, commit.oid);
}

export const gitActorFields: Fields = fieldsOf<Identity>({
  name: (it) => it.name,
  email: (it) => it.email,
  date: (it) => identityDate(it),
  user: (it, _, context) => userNode(context, accountByEmail(context.world, it.email)?.login ?? null),
  avatarUrl: (it, _, { world }) => `${world.urls.html()}/_sandbox/avatars/${encodeURIComponent(it.name)}`,
});

export const gpgSignatureFields: Fields = fieldsOf<CommitObject>({
  email: () => 'noreply@github.com',
  isValid: () => true,
  state: () => 'VALID',
  wasSignedByGitHub: () => true,
  keyId: () => 'B5690EEEBB952194',
  signer: () => null,
  payload: (it) => it.message,
  signature: (it) => it.signature ?? '',
  verifiedAt: (it) => identityDate(it.committer),
});

function headline(message: string): string {
  return message.split('\n', 1)[0] ?? '';
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
