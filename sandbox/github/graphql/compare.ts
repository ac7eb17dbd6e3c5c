import type { GraphQLResolveInfo } from 'graphql';
import { connect, type PageArgs } from './connection.ts';
import type { GraphContext } from './fields.ts';
import { gitObjectNode } from './nodes.ts';

/**
 * What a head has that a base has not, oldest first. Null when one of the two is no commit, and when their histories
 * have nothing in common.
 *
 * @param base an object's id.
 * @param head a branch, a tag, a full ref name or a commit's id.
 */
export async function compareRefs(context: GraphContext, base: string, head: string): Promise<unknown> {
  const { git } = context.world;
  const [from, to] = await Promise.all([git.peel(base), resolveHead(context, head)]);
  if (from === undefined || to === undefined || !(await git.mergeBase(from, to))) return null;
  const { ahead, behind } = await git.aheadBehind(from, to);
  const status =
    ahead > 0 && behind > 0 ? 'DIVERGED' : ahead > 0 ? 'AHEAD' : behind > 0 ? 'BEHIND' : 'IDENTICAL';
  return {
    id: Buffer.from(`Comparison:${from}...${to}`).toString('base64url'),
    aheadBy: ahead,
    behindBy: behind,
    status,
    baseTarget: gitObjectNode(context, from),
    headTarget: gitObjectNode(context, to),
    commits: async (args: PageArgs, _: unknown, info: GraphQLResolveInfo) => {
      const oids = await git.log(to, [from], { oldestFirst: true });
      return connect(oids, args, info, (oid) => gitObjectNode(context, oid));
    },
  };
}

/** A branch comes before a tag of the same name. */
async function resolveHead({ view, world }: GraphContext, head: string): Promise<string | undefined> {
  const ref = [`refs/heads/${head}`, `refs/tags/${head}`, head].find((name) => view.refs.has(name));
  const oid = ref === undefined ? head : view.refs.get(ref);
  return oid !== undefined && /^[0-9a-f]{40}$/.test(oid) ? world.git.peel(oid) : undefined;
}
