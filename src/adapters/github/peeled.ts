import { z } from 'zod';
import type { CommitSha } from '../../domain/ids.ts';
import { commitSha } from './shapes.ts';

/** An object, and through annotated tags what they point to; a tag may point to another tag. */
export const peeledFragment = `
fragment Peeled on GitObject {
  __typename oid
  ... on Tag { target { __typename oid ... on Tag { target { __typename oid ... on Tag { target { __typename oid } } } } } }
}`;

const object = z.object({ __typename: z.string(), oid: commitSha });

const third = object.extend({ target: object.nullish() });
const second = object.extend({ target: third.nullish() });
export const peeled = object.extend({ target: second.nullish() });

/** What an object comes to in the end. */
export function peel(it: z.output<typeof peeled>): {
  readonly oid: CommitSha;
  /** Git lets a tag point to anything. */
  readonly isCommit: boolean;
} {
  const last = it.target?.target?.target ?? it.target?.target ?? it.target ?? it;
  return { oid: last.oid, isCommit: last.__typename === 'Commit' };
}
