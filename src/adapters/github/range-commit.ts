import { z } from 'zod';
import { PermanentError } from '../../errors.ts';
import { actor, commitSha, nodesOf } from './shapes.ts';

/** How the commits of a range are read: all of what notes tell, or numbers only. */
export interface CommitReading<Commit extends { readonly oid: string }> {
  /** Of the fragment. */
  readonly name: string;
  readonly fragment: string;
  readonly shape: z.ZodType<Commit>;
}

export const mergedPullFragment = `
fragment MergedPull on PullRequest {
  number url title body state mergedAt baseRefName mergeCommit { oid } author { __typename login }
}`;

export const mergedPull = z.object({
  number: z.number().int(),
  url: z.url(),
  title: z.string(),
  body: z.string(),
  state: z.string(),
  mergedAt: z.string().nullable(),
  baseRefName: z.string(),
  mergeCommit: z.object({ oid: commitSha }).nullable(),
  author: actor,
});

export type MergedPullShape = z.output<typeof mergedPull>;

const author = z
  .object({ name: z.string().nullable(), user: z.object({ login: z.string() }).nullable() })
  .nullable();

const newCommit = z.object({
  oid: commitSha,
  url: z.url(),
  message: z.string(),
  author,
  associatedPullRequests: nodesOf(mergedPull),
});

export type NewCommit = z.output<typeof newCommit>;

/** The whole message is read, for GitHub cuts a long headline off and with it the number at its end. */
export const newCommits: CommitReading<NewCommit> = {
  name: 'NewCommit',
  fragment: `
fragment NewCommit on Commit {
  oid url message
  author { name user { login } }
  associatedPullRequests(first: 5) { nodes { ...MergedPull } }
}${mergedPullFragment}`,
  shape: newCommit,
};

const oldCommit = z.object({
  oid: commitSha,
  message: z.string(),
  associatedPullRequests: nodesOf(z.object({ number: z.number().int() })),
});

export type OldCommit = z.output<typeof oldCommit>;

export const oldCommits: CommitReading<OldCommit> = {
  name: 'OldCommit',
  fragment: `
fragment OldCommit on Commit { oid message associatedPullRequests(first: 5) { nodes { number } } }`,
  shape: oldCommit,
};

/** Notes of more than this nobody reads; reading on would take minutes of everybody's limits. */
const MOST_COMMITS = 10_000;

/** @throws PermanentError `range-too-long`. */
export function checkLength(what: string, commits: number): void {
  if (commits <= MOST_COMMITS) return;
  throw new PermanentError('range-too-long', `failed to ${what}: more than ${MOST_COMMITS} commits`);
}

/** The first line of a commit's message. */
export function headlineOf(message: string): string {
  return message.split(/\r?\n/, 1)[0] ?? '';
}

/** The number that GitHub writes into the headline of what it merges: `… (#N)`, or `Merge pull request #N from …`. */
export function numberInHeadline(message: string): number | undefined {
  const headline = headlineOf(message);
  const digits =
    /\(#([1-9]\d{0,8})\)\s*$/.exec(headline)?.[1] ??
    /^Merge pull request #([1-9]\d{0,8}) from \S/.exec(headline)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
