import type { GraphContext, GraphNode } from './fields.ts';
import { GraphFault } from './graph-fault.ts';
import { refNode } from './nodes.ts';
import type { Order } from './select-pulls.ts';

export interface RefFilter {
  readonly refPrefix: string;
  readonly query?: string | null;
  readonly direction?: string | null;
  readonly orderBy?: Order | null;
}

/** A branch or tag by its full name, or a shortened one as git takes it. */
export function findRef(context: GraphContext, name: string): GraphNode | null {
  const tries = [name, `refs/${name}`, `refs/heads/${name}`, `refs/tags/${name}`];
  const found = tries.find((each) => context.view.refs.has(each));
  return found === undefined ? null : refNode(context, found);
}

/** Full names of refs below a prefix: by name, or tags by the date of the commit that they point to in the end. */
export async function selectRefs(context: GraphContext, filter: RefFilter): Promise<readonly string[]> {
  const prefix = filter.refPrefix;
  if (!/^refs\/.*\/$/.test(prefix))
    throw new GraphFault('UNPROCESSABLE', 'refPrefix must start with `refs/` and end with a `/`.');
  const query = filter.query?.toLowerCase();
  const names = [...context.view.refs.keys()]
    .filter(
      (name) =>
        name.startsWith(prefix) && (!query || name.slice(prefix.length).toLowerCase().includes(query)),
    )
    .sort();
  const byDate = filter.orderBy?.field === 'TAG_COMMIT_DATE' && prefix.startsWith('refs/tags/');
  const ordered = byDate ? await byCommitDate(context, names) : names;
  return (filter.orderBy?.direction ?? filter.direction) === 'DESC' ? ordered.toReversed() : ordered;
}

async function byCommitDate(
  { view, world }: GraphContext,
  names: readonly string[],
): Promise<readonly string[]> {
  const dated = names.map(async (name) => {
    const commit = await world.git.peel(view.refs.get(name) ?? '');
    const seconds = commit === undefined ? 0 : (await world.git.commit(commit))?.committer.seconds;
    return { name, seconds: seconds ?? 0 };
  });
  return (await Promise.all(dated))
    .toSorted((one, other) => one.seconds - other.seconds)
    .map(({ name }) => name);
}
