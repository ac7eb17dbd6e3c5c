import { z } from 'zod';
import type { LedgerPlace } from '../../../../jobs/change/change-ports.ts';
import { RetryableError } from '../../../errors.ts';
import type { GitHubClient } from '../client.ts';
import { ownerAndName } from '../github-context.ts';
import { readQuery } from '../graph-failure.ts';
import { commitSha } from '../shapes.ts';

const historyFragment = `
fragment History on Commit {
  history(first: $first, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes { oid message parents(first: 1) { nodes { oid } } }
  }
}`;

export const ledgerQuery = `
query Ledger($owner: String!, $name: String!, $ref: String!, $first: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    ref(qualifiedName: $ref) { target { __typename oid ... on Commit { tree { oid } ...History } } }
  }
}
${historyFragment}`;

export const ledgerPageQuery = `
query LedgerPage($owner: String!, $name: String!, $head: GitObjectID!, $first: Int!, $after: String) {
  repository(owner: $owner, name: $name) { object(oid: $head) { __typename ... on Commit { ...History } } }
}
${historyFragment}`;

const commit = z.object({
  oid: commitSha,
  message: z.string(),
  parents: z.object({ nodes: z.array(z.object({ oid: commitSha })) }),
});

const history = z.object({
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  nodes: z.array(commit),
});

// A hole anywhere is an answer that cannot be read, never a shorter history; only the ref itself may be null.
const headShape = z.object({
  repository: z.object({
    ref: z
      .object({ target: z.object({ oid: commitSha, tree: z.object({ oid: z.string() }), history }) })
      .nullable(),
  }),
});
const pageShape = z.object({ repository: z.object({ object: z.object({ history }) }) });

export interface BranchCommit {
  readonly oid: string;
  readonly message: string;
}

export type BranchRead =
  /** There is no such branch, and GitHub says so. */
  | { readonly kind: 'missing' }
  /** It stands at a commit that came before the one known last. */
  | { readonly kind: 'older' }
  | ({ readonly kind: 'read' } & BranchCommits);

export interface BranchCommits {
  readonly head: string;
  readonly tree: string;
  /** By first parents, the oldest first, without the known one. */
  readonly commits: readonly BranchCommit[];
  /** Whether the commits follow the known one; else they go back to the very first. */
  readonly follows: boolean;
}

/** A page for news, and one for a whole history. */
const FEW = 20;
const MANY = 100;

/**
 * Reads what came to the branch after the commit `known`, in one query unless there are more than a page.
 *
 * @param older commits that came before it.
 */
export async function readBranch(
  client: GitHubClient,
  at: LedgerPlace,
  known: string | undefined,
  older: ReadonlySet<string> = new Set(),
): Promise<BranchRead> {
  const what = `read the ledger ${at.branch} of ${at.repository}`;
  const common = ownerAndName(at.repository);
  const variables = {
    ...common,
    ref: `refs/heads/${at.branch}`,
    first: known === undefined ? MANY : FEW,
    after: null,
  };
  const answer = await client.query(at.repository, what, { query: ledgerQuery, variables });
  const { ref } = readQuery(what, answer, headShape).repository;
  if (ref === null) return { kind: 'missing' };
  const { oid: head, tree } = ref.target;
  if (head !== known && older.has(head)) return { kind: 'older' };
  const seen = new Map<string, z.output<typeof commit>>();
  for (let page = ref.target.history; ; ) {
    for (const each of page.nodes) seen.set(each.oid, each);
    const walk = walkBack(seen, head, known);
    if (walk.end !== 'unread') {
      const follows = walk.end === 'known';
      return { kind: 'read', head, tree: tree.oid, commits: walk.commits.reverse(), follows };
    }
    const { hasNextPage, endCursor } = page.pageInfo;
    if (!hasNextPage) throw new RetryableError(`failed to ${what}: its history has a hole`);
    // From here on by the head's id, for the branch may move between two pages.
    const next = { ...common, head, first: MANY, after: endCursor };
    const more = await client.query(at.repository, what, { query: ledgerPageQuery, variables: next });
    page = readQuery(what, more, pageShape).repository.object.history;
  }
}

function walkBack(
  seen: ReadonlyMap<string, z.output<typeof commit>>,
  head: string,
  known: string | undefined,
): { readonly commits: BranchCommit[]; readonly end: 'known' | 'root' | 'unread' } {
  const commits: BranchCommit[] = [];
  for (let oid: string | undefined = head; oid !== undefined; ) {
    if (oid === known) return { commits, end: 'known' };
    const each: z.output<typeof commit> | undefined = seen.get(oid);
    if (each === undefined) return { commits, end: 'unread' };
    commits.push({ oid, message: each.message });
    oid = each.parents.nodes[0]?.oid;
  }
  return { commits, end: 'root' };
}
