import { may } from '../permissions.ts';
import { actorLogin } from '../world.ts';
import { organizationNode } from './accounts.ts';
import { connect, type PageArgs } from './connection.ts';
import { type Fields, fieldsOf, type GraphContext, type GraphNode, node } from './fields.ts';
import { GraphFault } from './graph-fault.ts';
import { accountNode, nodeById, repositoryNode, userNode } from './nodes.ts';
import { searchNodes } from './search.ts';

export const queryFields: Fields = fieldsOf<unknown>({
  viewer: (_, __, context) => viewer(context),
  rateLimit: (_, __, { rateLimit }) => rateLimit(),
  repository: (_, args: { owner: string; name: string }, context) =>
    repository(context, args.owner, args.name),
  repositoryOwner: (_, args: { login: string }, context) => accountNode(context, args.login),
  user: (_, args: { login: string }, context) =>
    userNode(context, args.login) ?? missing(`a User with the login of '${args.login}'`),
  organization: (_, args: { login: string }, context) =>
    organizationNode(context, args.login) ?? missing(`an Organization with the login of '${args.login}'`),
  node: (_, args: { id: string }, context) => found(context, args.id),
  nodes: (_, args: { ids: readonly string[] }, context) => args.ids.map((id) => found(context, id)),
  search: async (_, args: PageArgs & { query: string; type: string }, context, info) => {
    const nodes = searchNodes(context, args.query, args.type);
    const counts = { issueCount: nodes.length, repositoryCount: 0, userCount: 0, wikiCount: 0 };
    return { ...connect(nodes, args, info), ...counts, codeCount: 0, discussionCount: 0 };
  },
});

async function found(context: GraphContext, id: string): Promise<GraphNode> {
  return (await nodeById(context, id)) ?? missing(`a node with the global id of '${id}'`);
}

function repository(context: GraphContext, owner: string, name: string): GraphNode {
  const { repo } = context.world.state;
  const same =
    repo.owner.toLowerCase() === owner.toLowerCase() && repo.name.toLowerCase() === name.toLowerCase();
  const readable = may(context.world, context.actor, { name: 'metadata', level: 'read' });
  if (!same || !readable) return missing(`a Repository with the name '${owner}/${name}'`);
  return repositoryNode(context);
}

/** An installation is its App's bot, which GitHub shows here although the field's type is `User`. */
function viewer(context: GraphContext): unknown {
  const login = actorLogin(context.world, context.actor);
  const account = context.world.state.account(login);
  return account ? node('User', account) : null;
}

function missing(what: string): never {
  throw new GraphFault('NOT_FOUND', `Could not resolve to ${what}.`);
}
