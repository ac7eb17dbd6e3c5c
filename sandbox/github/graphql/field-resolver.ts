import type { GraphQLFieldResolver, GraphQLTypeResolver } from 'graphql';
import { type GraphContext, isGraphNode } from './fields.ts';
import { GraphFault } from './graph-fault.ts';
import { resolvers } from './resolvers.ts';

/** Asks the list of resolvers; values of types without resolvers (payloads, pages) carry their own fields. */
export const fieldResolver: GraphQLFieldResolver<unknown, GraphContext> = (source, args, context, info) => {
  const type = info.parentType.name;
  const field = resolvers[type]?.[info.fieldName];
  if (field) return field((isGraphNode(source) ? source.it : source) as never, args as never, context, info);
  if (typeof source === 'object' && source !== null && info.fieldName in source)
    return called((source as Readonly<Record<string, unknown>>)[info.fieldName], args, context, info);
  throw new GraphFault('SANDBOX_UNSUPPORTED', `The sandbox does not answer ${type}.${info.fieldName}`);
};

function called(value: unknown, ...given: readonly unknown[]): unknown {
  return typeof value === 'function' ? value(...given) : value;
}

/** Objects name their type themselves. */
export const typeResolver: GraphQLTypeResolver<unknown, GraphContext> = (value) =>
  isGraphNode(value) ? value.__typename : undefined;
