import type { GraphQLResolveInfo } from 'graphql';
import { connect, type PageArgs } from './connection.ts';
import { type Fields, fieldsOf, type GraphContext } from './fields.ts';
import { gitObjectNode, type RefView, refNode, repositoryNode } from './nodes.ts';
import { type PullFilter, selectPulls } from './select-pulls.ts';

export const refFields: Fields = fieldsOf<RefView>({
  id: (it, _, { world }) => world.state.nodeId('Ref', it.name),
  name: (it) => it.name.slice(prefixOf(it.name).length),
  prefix: (it) => prefixOf(it.name),
  target: (it, _, context) => gitObjectNode(context, it.oid),
  repository: (_, __, context) => repositoryNode(context),
  associatedPullRequests: (it, args: PageArgs & PullFilter, context, info) => {
    const branch = it.name.replace('refs/heads/', '');
    return connect(selectPulls(context, { ...args, headRefName: args.headRefName ?? branch }), args, info);
  },
  compare: async (it, args: { headRef: string }, context) => {
    const head = refNode(context, `refs/heads/${args.headRef}`) ?? refNode(context, args.headRef);
    const to = head?.it as RefView | undefined;
    return to ? comparison(context, it.oid, to.oid) : null;
  },
  branchProtectionRule: () => null,
  refUpdateRule: () => null,
});

async function comparison(context: GraphContext, base: string, head: string): Promise<unknown> {
  const { ahead, behind } = await context.world.git.aheadBehind(base, head);
  const status =
    ahead > 0 && behind > 0 ? 'DIVERGED' : ahead > 0 ? 'AHEAD' : behind > 0 ? 'BEHIND' : 'IDENTICAL';
  return {
    id: Buffer.from(`Comparison:${base}...${head}`).toString('base64url'),
    aheadBy: ahead,
    behindBy: behind,
    status,
    baseTarget: gitObjectNode(context, base),
    headTarget: gitObjectNode(context, head),
    commits: async (args: PageArgs, _: unknown, info: GraphQLResolveInfo) => {
      const oids = await context.world.git.revList(['--reverse', head, `^${base}`]);
      return connect(oids, args, info, (oid) => gitObjectNode(context, oid));
    },
  };
}

/** The part of a ref's name that GitHub calls its prefix: `refs/heads/`, `refs/tags/`. */
function prefixOf(name: string): string {
  return /^refs\/(?:heads|tags)\//.exec(name)?.[0] ?? 'refs/';
}
