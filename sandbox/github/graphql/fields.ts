import type { GraphQLResolveInfo } from 'graphql';
import type { Actor } from '../actor.ts';
import type { View } from '../view.ts';
import type { GitHubWorld } from '../world.ts';

/** What every field can reach. */
export interface GraphContext {
  readonly world: GitHubWorld;
  readonly actor: Actor;
  /** Refs and pull requests to read from; changes look at `world.state`. */
  readonly view: View;
  readonly rateLimit: () => RateLimitView;
}

export interface RateLimitView {
  readonly limit: number;
  readonly cost: number;
  readonly remaining: number;
  readonly used: number;
  readonly resetAt: string;
  readonly nodeCount: number;
}

/** An object of a type that has fields of its own; interfaces and unions are told apart by `__typename`. */
export interface GraphNode {
  readonly __typename: string;
  readonly it: unknown;
}

/** Answers one field of the type whose values are `T`. The schema vouches for the arguments' types. */
export type Field<T, A> = (it: T, args: A, context: GraphContext, info: GraphQLResolveInfo) => unknown;

/** The fields of one type. `never` makes any `Field<T, A>` fit. */
export type Fields = Readonly<Record<string, Field<never, never>>>;

/** The fields of a type of which a value is a `T`. */
export function fieldsOf<T>(fields: Readonly<Record<string, Field<T, never>>>): Fields {
  return fields;
}

export function node(typename: string, it: unknown): GraphNode {
  return { __typename: typename, it };
}

export function isGraphNode(source: unknown): source is GraphNode {
  return typeof source === 'object' && source !== null && '__typename' in source && 'it' in source;
}
