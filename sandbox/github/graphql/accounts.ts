import type { Account, App, Team } from '../types.ts';
import { connect, type PageArgs } from './connection.ts';
import { type Fields, fieldsOf, type GraphContext, type GraphNode, node } from './fields.ts';
import { accountNode, repositoryNode } from './nodes.ts';

const actorFields: Fields = fieldsOf<Account>({
  id: (it, _, { world }) => world.state.nodeId(it.type, it.login),
  databaseId: (it) => it.id,
  login: (it) => (it.type === 'Bot' ? it.login.replace(/\[bot\]$/, '') : it.login),
  url: (it, _, context) => page(context, it),
  resourcePath: (it, _, context) => new URL(page(context, it)).pathname,
  avatarUrl: (it, _, { world }) => `${world.urls.html()}/_sandbox/avatars/${encodeURIComponent(it.login)}`,
  createdAt: (it) => it.createdAt,
  updatedAt: (it) => it.createdAt,
});

function page({ world }: GraphContext, account: Account): string {
  const name = account.login.replace(/\[bot\]$/, '');
  return `${world.urls.html()}/${account.type === 'Bot' ? 'apps/' : ''}${name}`;
}

export const botFields: Fields = actorFields;

export const userFields: Fields = {
  ...actorFields,
  ...fieldsOf<Account>({
    // Only as the viewer an App's bot is a `User`, and keeps its suffix.
    login: (it) => it.login,
    name: (it) => it.name,
    email: (it) => it.email ?? '',
    bio: () => null,
    company: () => null,
    location: () => null,
    isSiteAdmin: () => false,
    isViewer: (it, _, { actor }) => actor.kind === 'user' && actor.login === it.login,
    organizationVerifiedDomainEmails: (it, args: { login: string }, { world }) =>
      args.login.toLowerCase() === world.state.org.login.toLowerCase() &&
      world.state.isMember(it.login) &&
      it.email !== null
        ? [it.email]
        : [],
    organization: (_, args: { login: string }, context) => organizationNode(context, args.login),
    organizations: (_, args: PageArgs, { world }, info) =>
      connect([node('Organization', world.state.org)], args, info),
    repository: (it, args: { name: string }, context) => ownRepository(context, it, args.name),
  }),
};

export const organizationFields: Fields = {
  ...actorFields,
  ...fieldsOf<Account>({
    name: (it) => it.name,
    email: (it) => it.email,
    description: () => null,
    viewerIsAMember: (_, __, { actor }) => actor.kind === 'user',
    team: (_, args: { slug: string }, { world }) => {
      const team = world.state.teams.get(args.slug);
      return team ? node('Team', team) : null;
    },
    teams: (
      _,
      args: PageArgs & { query?: string | null; userLogins?: readonly string[] | null },
      { world },
      info,
    ) => {
      const all = [...world.state.teams.values()].filter(
        (team) =>
          (args.query == null || team.slug.includes(args.query) || team.name.includes(args.query)) &&
          (!args.userLogins || team.members.some((member) => args.userLogins?.includes(member.login))),
      );
      return connect(all, args, info, (team) => node('Team', team));
    },
    membersWithRole: (_, args: PageArgs, { world }, info) =>
      connect(people([...world.state.accounts.values()]), args, info),
    repository: (it, args: { name: string }, context) => ownRepository(context, it, args.name),
  }),
};

export const teamFields: Fields = fieldsOf<Team>({
  id: (it, _, { world }) => world.state.nodeId('Team', it.slug),
  databaseId: (it) => it.id,
  slug: (it) => it.slug,
  name: (it) => it.name,
  description: (it) => it.description,
  combinedSlug: (it, _, { world }) => `${world.state.org.login}/${it.slug}`,
  privacy: () => 'VISIBLE',
  createdAt: (it) => it.createdAt,
  updatedAt: (it) => it.createdAt,
  url: (it, _, { world }) => `${world.urls.html()}/orgs/${world.state.org.login}/teams/${it.slug}`,
  organization: (_, __, { world }) => node('Organization', world.state.org),
  parentTeam: () => null,
  members: (
    it,
    args: PageArgs & { role?: 'MEMBER' | 'MAINTAINER' | null; query?: string | null },
    context,
    info,
  ) => {
    const wanted = it.members.filter(
      (member) =>
        (args.role == null || member.role === args.role.toLowerCase()) &&
        (args.query == null || member.login.includes(args.query)),
    );
    const toNode = (member: Team['members'][number]): unknown => accountNode(context, member.login);
    const edge = (member: Team['members'][number]): unknown => ({
      role: member.role.toUpperCase(),
      node: toNode(member),
    });
    return { ...connect(wanted, args, info, toNode), edges: connect(wanted, args, info, edge).nodes };
  },
});

export const appFields: Fields = fieldsOf<App>({
  id: (it, _, { world }) => world.state.nodeId('App', it.id),
  databaseId: (it) => it.id,
  slug: (it) => it.slug,
  name: (it) => it.name,
  clientId: (it) => it.clientId,
  description: () => null,
  createdAt: (it) => it.createdAt,
  updatedAt: (it) => it.createdAt,
  url: (it, _, { world }) => `${world.urls.html()}/apps/${it.slug}`,
  logoUrl: (it, _, { world }) => `${world.urls.html()}/_sandbox/avatars/${it.slug}`,
  logoBackgroundColor: () => 'ffffff',
});

export function people(accounts: readonly Account[]): readonly GraphNode[] {
  return accounts.filter((account) => account.type === 'User').map((account) => node('User', account));
}

export function organizationNode({ world }: GraphContext, login: string): GraphNode | null {
  const { org } = world.state;
  return org.login.toLowerCase() === login.toLowerCase() ? node('Organization', org) : null;
}

function ownRepository(context: GraphContext, owner: Account, name: string): GraphNode | null {
  const { repo } = context.world.state;
  const same =
    repo.owner.toLowerCase() === owner.login.toLowerCase() && repo.name.toLowerCase() === name.toLowerCase();
  return same ? repositoryNode(context) : null;
}
