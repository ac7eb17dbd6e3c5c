import { may } from '../permissions.ts';
import { Problem } from '../problem.ts';
import type { Permission } from '../route.ts';
import type { Issue, Label, Pull, Team } from '../types.ts';
import type { Field, GraphContext } from './fields.ts';
import { GraphFault } from './graph-fault.ts';
import { nodeById } from './nodes.ts';

interface Inputs {
  readonly clientMutationId?: string | null;
}

/** A mutation's field: asks for the permission, runs, and adds `clientMutationId` to what it returns. */
export function mutation<I>(
  permission: Permission,
  run: (input: I, context: GraphContext) => Promise<Readonly<Record<string, unknown>>>,
): Field<unknown, { input: I & Inputs }> {
  return async (_, { input }, context, info) => {
    allow(context, permission, info.fieldName);
    const payload = await run(input, context).catch((error: unknown) => {
      throw inGraphWords(error);
    });
    return { clientMutationId: input.clientMutationId ?? null, ...payload };
  };
}

function allow({ world, actor }: GraphContext, permission: Permission, field: string): void {
  if (may(world, actor, permission)) return;
  if (actor.kind !== 'user') throw new GraphFault('FORBIDDEN', 'Resource not accessible by integration');
  const name = field.charAt(0).toUpperCase() + field.slice(1);
  throw new GraphFault(
    'FORBIDDEN',
    `${actor.login} does not have the correct permissions to execute \`${name}\``,
  );
}

/** A few refusals are worded differently than in REST. */
function inGraphWords(error: unknown): unknown {
  if (!(error instanceof Problem)) return error;
  const [first] = error.errors ?? [];
  if (typeof first === 'object' && first.resource === 'PullRequest' && first.code === 'invalid')
    return new GraphFault(
      'UNPROCESSABLE',
      first.field === 'head'
        ? "Head sha can't be blank, Base sha can't be blank, Head ref must be a branch"
        : "Base sha can't be blank, Base ref must be a branch",
    );
  return error;
}

export const contents: Permission = { name: 'contents', level: 'write' };
export const pullRequests: Permission = { name: 'pull_requests', level: 'write' };
export const issues: Permission = { name: 'issues', level: 'write' };

/** What an id in an input names, which must be of this kind. @throws GraphFault NOT_FOUND. */
async function subject<T>(context: GraphContext, id: string, ...kinds: readonly string[]): Promise<T> {
  // Changes act on what is, whatever the caller's reads show.
  const found = await nodeById({ ...context, view: context.world.state }, id);
  if (!found || !kinds.includes(found.__typename))
    throw new GraphFault('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
  return found.it as T;
}

export function pullById(context: GraphContext, id: string): Promise<Pull> {
  return subject(context, id, 'PullRequest');
}

export function conversationById(context: GraphContext, id: string): Promise<Pull | Issue> {
  return subject(context, id, 'PullRequest', 'Issue');
}

export function labelById(context: GraphContext, id: string): Promise<Label> {
  return subject(context, id, 'Label');
}

export function teamById(context: GraphContext, id: string): Promise<Team> {
  return subject(context, id, 'Team');
}

export function refById(
  context: GraphContext,
  id: string,
): Promise<{ readonly name: string; readonly oid: string }> {
  return subject(context, id, 'Ref');
}

export function accountById(context: GraphContext, id: string): Promise<{ readonly login: string }> {
  return subject(context, id, 'User', 'Bot');
}

export function repositoryById(context: GraphContext, id: string): Promise<unknown> {
  return subject(context, id, 'Repository');
}

export function nodeOf<T>(context: GraphContext, id: string, kind: string): Promise<T> {
  return subject(context, id, kind);
}
