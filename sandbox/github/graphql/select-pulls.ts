import type { Pull } from '../types.ts';
import type { GraphContext } from './fields.ts';
import { type GraphNode, node } from './fields.ts';

export interface PullFilter {
  readonly states?: readonly ('OPEN' | 'CLOSED' | 'MERGED')[] | null;
  readonly labels?: readonly string[] | null;
  readonly headRefName?: string | null;
  readonly baseRefName?: string | null;
  readonly orderBy?: Order | null;
}

export interface Order {
  readonly field: string;
  readonly direction: 'ASC' | 'DESC';
}

export function pullState(pull: Pull): 'OPEN' | 'CLOSED' | 'MERGED' {
  if (pull.merged) return 'MERGED';
  return pull.state === 'open' ? 'OPEN' : 'CLOSED';
}

/** The pull requests that this caller sees and that pass every filter given. */
export function selectPulls({ view }: GraphContext, filter: PullFilter): readonly GraphNode[] {
  const labels = filter.labels?.map((label) => label.toLowerCase());
  const found = [...view.pulls.values()].filter(
    (pull) =>
      (!filter.states || filter.states.includes(pullState(pull))) &&
      (filter.headRefName == null || pull.headRef === filter.headRefName) &&
      (filter.baseRefName == null || pull.baseRef === filter.baseRefName) &&
      (!labels || pull.labels.some((label) => labels.includes(label.toLowerCase()))),
  );
  return sortByOrder(found, filter.orderBy).map((pull) => node('PullRequest', pull));
}

/** Pull requests and issues by `CREATED_AT` (the default, oldest first) or `UPDATED_AT`. */
export function sortByOrder<T extends { readonly number: number; readonly updatedAt: string }>(
  items: readonly T[],
  order: Order | null | undefined,
): T[] {
  const sorted = items.toSorted((one, other) =>
    order?.field === 'UPDATED_AT'
      ? one.updatedAt.localeCompare(other.updatedAt) || one.number - other.number
      : one.number - other.number,
  );
  return order?.direction === 'DESC' ? sorted.reverse() : sorted;
}

/** The pull requests that brought a commit to their base, else those that hold it. */
export async function pullsOfCommit(context: GraphContext, oid: string): Promise<readonly GraphNode[]> {
  const all = [...context.view.pulls.values()];
  const found = all.filter((pull) => pull.mergeCommitSha === oid);
  if (found.length === 0) for (const pull of all) if (await holds(context, pull, oid)) found.push(pull);
  return found.map((pull) => node('PullRequest', pull));
}

async function holds({ world }: GraphContext, pull: Pull, oid: string): Promise<boolean> {
  return (await world.git.log(pull.headSha, [pull.baseSha])).includes(oid);
}
