import type { RichTextSection } from '@slack/types';
import { isDone, type LegProgress, type ManagementProgress } from '../domain/rollout/progress.ts';
import { clip } from './clip.ts';
import { line, words } from './rich-text.ts';
import { kustomizationText, sourceText } from './rollout-state-text.ts';

/** Whether anything that production follows holds the change already. */
export function hasArrived({ legs }: ManagementProgress): boolean {
  return legs.every(({ isWay, sourceState }) => isWay || sourceState.kind === 'at');
}

/**
 * Where a promotion is on its way, one line a management cluster, as long as production has not seen it there: what
 * is done of merge fetched, management cluster applied, source at its tag; and of the first that is not, why.
 */
export function hopLines(
  managements: readonly ManagementProgress[],
  now: number,
): readonly RichTextSection[] {
  return managements.flatMap((each) => {
    const ways = each.legs.filter(({ isWay }) => isWay);
    if (ways.length === 0 || each.silence !== undefined || hasArrived(each)) return [];
    const others = each.legs.filter(({ isWay }) => !isWay);
    const hops = [
      ...ways.flatMap((way) => [fetched(way, now), applied(way, now)]),
      ...others.map((leg) => atTag(leg, now)),
    ];
    const open = hops.findIndex(({ done }) => !done);
    const text = hops.map(({ name, done, why }, index) =>
      index === open ? `⏳ ${name}: ${why}` : `${done ? '✔' : '·'} ${name}`,
    );
    return [
      line(words(clip(each.management, 120), { bold: true }), words(clip(`: ${text.join('  ')}`, 400))),
    ];
  });
}

interface Hop {
  readonly name: string;
  readonly done: boolean;
  readonly why: string;
}

function fetched({ source, sourceState }: LegProgress, now: number): Hop {
  return {
    name: 'merge fetched',
    done: sourceState.kind === 'at',
    why: `${source} ${sourceText(sourceState, now)}`,
  };
}

function applied({ members }: LegProgress, now: number): Hop {
  const open = members.find((member) => !isDone(member));
  const why = open === undefined ? '' : `${open.id} ${kustomizationText(open.state, now)}`;
  return { name: 'management cluster applied', done: open === undefined, why };
}

function atTag({ source, sourceState }: LegProgress, now: number): Hop {
  return { name: `${source} at its tag`, done: sourceState.kind === 'at', why: sourceText(sourceState, now) };
}
