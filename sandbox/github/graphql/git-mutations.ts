import { commitOnBranch } from '../operations/commits.ts';
import { createRef, deleteRef, updateRef, updateRefs } from '../operations/refs.ts';
import { Problem } from '../problem.ts';
import { type Fields, type GraphContext, node } from './fields.ts';
import { GraphFault } from './graph-fault.ts';
import { contents, mutation, refById, repositoryById } from './mutation.ts';
import { gitObjectNode } from './nodes.ts';

interface CreateRefInput {
  readonly repositoryId: string;
  readonly name: string;
  readonly oid: string;
}

interface CommitInput {
  readonly branch: CommittableBranch;
  readonly expectedHeadOid: string;
  readonly message: { readonly headline: string; readonly body?: string | null };
  readonly fileChanges?: {
    readonly additions?: readonly { readonly path: string; readonly contents: string }[] | null;
    readonly deletions?: readonly { readonly path: string }[] | null;
  } | null;
}

interface CommittableBranch {
  readonly id?: string | null;
  readonly repositoryNameWithOwner?: string | null;
  readonly branchName?: string | null;
}

interface RefUpdate {
  readonly name: string;
  readonly afterOid: string;
  readonly beforeOid?: string | null;
  readonly force?: boolean | null;
}

export const gitMutations: Fields = {
  createRef: mutation<CreateRefInput>(contents, async (input, context) => {
    await repositoryById(context, input.repositoryId);
    await createRef(context.world, context.actor, { ref: input.name, sha: input.oid }).catch(
      (error: unknown) => {
        throw refProblem(error, input.name);
      },
    );
    return { ref: node('Ref', { name: input.name, oid: input.oid }) };
  }),
  updateRef: mutation<{ refId: string; oid: string; force?: boolean | null }>(
    contents,
    async (input, context) => {
      const { name } = await refById(context, input.refId);
      await updateRef(context.world, context.actor, {
        ref: name,
        sha: input.oid,
        force: input.force ?? false,
      });
      return { ref: node('Ref', { name, oid: input.oid }) };
    },
  ),
  updateRefs: mutation<{ repositoryId: string; refUpdates: readonly RefUpdate[] }>(
    contents,
    async (input, context) => {
      await repositoryById(context, input.repositoryId);
      const updates = input.refUpdates.map(({ name, afterOid, beforeOid, force }) => ({
        ref: name,
        afterOid,
        force: force ?? false,
        ...(beforeOid == null ? {} : { beforeOid }),
      }));
      await updateRefs(context.world, context.actor, updates);
      return {};
    },
  ),
  deleteRef: mutation<{ refId: string }>(contents, async (input, context) => {
    const { name } = await refById(context, input.refId);
    await deleteRef(context.world, context.actor, name);
    return {};
  }),
  createCommitOnBranch: mutation<CommitInput>(contents, async (input, context) => {
    const branch = await branchName(context, input.branch);
    const { headline, body } = input.message;
    const oid = await commitOnBranch(context.world, context.actor, {
      branch,
      expectedHeadOid: input.expectedHeadOid,
      message: body ? `${headline}\n\n${body}` : headline,
      additions: (input.fileChanges?.additions ?? []).map((file) => ({
        path: file.path,
        contents: Buffer.from(file.contents, 'base64'),
      })),
      deletions: input.fileChanges?.deletions ?? [],
    });
    return { commit: gitObjectNode(context, oid), ref: node('Ref', { name: `refs/heads/${branch}`, oid }) };
  }),
};

/** A branch is named by its ref's id, or by the repository's full name with the branch's. */
async function branchName(context: GraphContext, branch: CommittableBranch): Promise<string> {
  const name = branch.id ? (await refById(context, branch.id)).name : branch.branchName;
  const { repo, refs } = context.world.state;
  const full = `${repo.owner}/${repo.name}`.toLowerCase();
  if (!branch.id && branch.repositoryNameWithOwner?.toLowerCase() !== full)
    throw new GraphFault(
      'NOT_FOUND',
      `Could not resolve to a Repository with the name '${branch.repositoryNameWithOwner ?? ''}'.`,
    );
  const short = (name ?? '').replace(/^refs\/heads\//, '');
  if (!refs.has(`refs/heads/${short}`))
    throw new GraphFault(
      'NOT_FOUND',
      `Could not find a branch named '${short}' in repository '${repo.owner}/${repo.name}'.`,
    );
  return short;
}

function refProblem(error: unknown, name: string): unknown {
  if (error instanceof Problem && error.message === 'Reference already exists')
    return new GraphFault('UNPROCESSABLE', `A ref named "${name}" already exists in the repository.`);
  return error;
}
