import { compareRefs } from './compare.ts';
import { connect, type PageArgs } from './connection.ts';
import { type Fields, fieldsOf } from './fields.ts';
import { gitObjectNode, type RefView, repositoryNode } from './nodes.ts';
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
  compare: (it, args: { headRef: string }, context) => compareRefs(context, it.oid, args.headRef),
  branchProtectionRule: () => null,
  refUpdateRule: () => null,
});

/** The part of a ref's name that GitHub calls its prefix: `refs/heads/`, `refs/tags/`. */
function prefixOf(name: string): string {
  return /^refs\/(?:heads|tags)\//.exec(name)?.[0] ?? 'refs/';
}
