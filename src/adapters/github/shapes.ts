import { z } from 'zod';
import type { CommitSha } from '../../domain/ids.ts';

/** A commit's id, SHA-1 or SHA-256. */
export const commitSha = z
  .string()
  .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)
  .transform((sha) => sha as CommitSha);

/** A connection's nodes; GitHub may leave out the connection or single nodes that the App may not see. */
export function nodesOf<T extends z.ZodType>(node: T) {
  return z
    .object({ nodes: z.array(node.nullable()).nullable() })
    .nullable()
    .transform((page) => (page?.nodes ?? []).filter((each) => each !== null));
}

export const actor = z.object({ __typename: z.string(), login: z.string() }).nullable();

export type ActorShape = z.output<typeof actor>;

/** Whether an actor is this App; people cannot have the type `Bot`. */
export function isApp(who: ActorShape, appSlug: string): boolean {
  return who?.__typename === 'Bot' && (who.login === appSlug || who.login === `${appSlug}[bot]`);
}
