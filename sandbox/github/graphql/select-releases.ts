import { may } from '../permissions.ts';
import type { Release } from '../types.ts';
import type { GraphContext } from './fields.ts';
import type { Order } from './select-pulls.ts';

/** The releases in the order in which they were made; drafts only for those who may write. */
export function selectReleases(context: GraphContext, order?: Order | null): readonly Release[] {
  const all = visibleReleases(context);
  if (order?.field === 'NAME') all.sort((one, other) => (one.name ?? '').localeCompare(other.name ?? ''));
  return order?.direction === 'ASC' ? all : all.reverse();
}

/** The release of a tag: the published one, else the newest draft that would make this tag. */
export function releaseOfTag(context: GraphContext, tag: string): Release | undefined {
  const all = visibleReleases(context).filter(({ tagName }) => tagName === tag);
  return all.find(({ draft }) => !draft) ?? all.at(-1);
}

function visibleReleases({ world, actor }: GraphContext): Release[] {
  const writes = may(world, actor, { name: 'contents', level: 'write' });
  return [...world.state.releases.values()].filter(({ draft }) => writes || !draft);
}
