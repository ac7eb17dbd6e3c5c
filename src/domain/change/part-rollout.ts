import { legState } from '../rollout/leg-state.ts';
import type { GitSource, ManagementView } from '../rollout/objects.ts';
import type { Turn } from './record.ts';

/** Management folder and source of a turn. */
export function placeOfTurn({ source }: Pick<Turn, 'source'>): {
  readonly management: string;
  readonly source: string;
} {
  const at = source.lastIndexOf(':');
  return { management: source.slice(0, at), source: source.slice(at + 1) };
}

/**
 * How far a merged turn is on its management cluster: applied only when the source holds the approved commit under the
 * tag and all that follows it has applied just that; failed as soon as one of them has; undefined while neither is so,
 * or nothing can be seen.
 */
export function turnRollout(turn: Turn, view: ManagementView): 'applied' | 'failed' | undefined {
  const { source } = placeOfTurn(turn);
  if (view.kind === 'silent' || turn.target === undefined || !turn.to.startsWith('tag ')) return undefined;
  const expected = { kind: 'tag', tag: turn.to.slice('tag '.length), commit: turn.target } as const;
  const { members } = legState({ source, expected, declared: [], isOpen: true }, view);
  if (members.some(({ state }) => state.kind === 'failed')) return 'failed';
  const isThere = holds(view.sources.get(source), expected);
  const isDone = members.length > 0 && members.every(isApplied);
  return isThere && isDone ? 'applied' : undefined;
}

function holds(
  source: GitSource | undefined,
  { tag, commit }: { readonly tag: string; readonly commit: string },
): boolean {
  return source?.artifact?.ref === tag && source.artifact.commit === commit;
}

function isApplied({ state, helm }: ReturnType<typeof legState>['members'][number]): boolean {
  const isOn = state.kind === 'applied' || state.kind === 'applied-healthy';
  return isOn && helm.every((release) => release.state.kind === 'ready');
}
