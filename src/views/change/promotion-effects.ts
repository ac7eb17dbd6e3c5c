import type { Effect, ObjectChange } from '../../domain/effects/effect.ts';
import { clip } from '../clip.ts';
import { codeMarkdown, escapeMarkdown } from '../markdown-text.ts';
import { notRenderedWords } from '../release/not-rendered-words.ts';
import { clusterText } from '../release/when-words.ts';
import { fittingLines } from './promotion-fitting.ts';

/** What nobody should overlook stands first. */
const order: readonly ObjectChange['change'][] = ['deleted', 'moved', 'changed', 'added'];

/**
 * What a promotion does, per cluster and Kustomization, object by object, as Markdown of at most about `room`
 * characters; where not all of it fits, the last line says how much is left out.
 *
 * @param effects undefined when they could not be worked out.
 */
export function promotionEffects(effects: readonly Effect[] | undefined, room: number): string {
  if (effects === undefined) return 'What it changes on the clusters could not be worked out.';
  const telling = effects.filter(({ objects }) => objects.length > 0);
  if (telling.length === 0) {
    return effects.some(({ notRendered }) => notRendered.length > 0)
      ? 'As far as could be rendered, no object changes on any cluster.'
      : 'No object changes on any cluster.';
  }
  const groups = Map.groupBy(telling, ({ cluster, management }) => JSON.stringify([cluster, management]));
  const lines = [...groups.values()].flatMap(clusterLines);
  return fittingLines(lines, room, (left) => {
    const objects = left.flatMap(({ object }) => object ?? []);
    const pruned = objects.filter(isPruned).length;
    const which = pruned > 0 ? `, **${pruned} of them deleted by pruning**` : '';
    return `**Cut here**: ${objects.length} of ${telling.flatMap((each) => each.objects).length} objects are not shown${which}.`;
  });
}

/** What could not be rendered, each path with why and where. */
export function promotionNotRendered(effects: readonly Effect[] | undefined, room: number): string {
  const lines = (effects ?? []).flatMap(({ notRendered, kustomization, cluster, management }) =>
    notRendered.map(({ path, why }) => ({
      text: `- ${codeMarkdown(clip(path, 300))}: ${escapeMarkdown(notRenderedWords[why])} (${codeMarkdown(clip(kustomization, 150))} on ${escapeMarkdown(clusterText(cluster, management))})`,
    })),
  );
  return fittingLines(lines, room, (left) => `**Cut here**: ${left.length} more are not rendered.`);
}

interface Line {
  readonly text: string;
  readonly object?: ObjectChange;
}

function clusterLines(effects: readonly Effect[]): readonly Line[] {
  const [first] = effects;
  if (first === undefined) return [];
  const name = clusterText(first.cluster, first.management);
  return [{ text: `\n#### ${escapeMarkdown(name)}\n` }, ...effects.flatMap(kustomizationLines)];
}

function kustomizationLines({ kustomization, objects, when }: Effect): readonly Line[] {
  const waits = when === 'suspended' ? ' (suspended: nothing changes until it is resumed)' : '';
  const sorted = objects.toSorted((one, other) => order.indexOf(one.change) - order.indexOf(other.change));
  return [
    { text: `- ${codeMarkdown(clip(kustomization, 250))}${waits}` },
    ...sorted.map((object) => ({ text: `  - ${objectText(object)}`, object })),
  ];
}

function isPruned({ change, pruned }: ObjectChange): boolean {
  return change === 'deleted' && pruned;
}

function objectText(object: ObjectChange): string {
  const { kind, namespace, name } = object;
  const full = namespace === undefined ? name : `${namespace}/${name}`;
  return `${changeText(object)}: ${codeMarkdown(clip(`${kind} ${full}`, 300))}`;
}

function changeText({ change, pruned, moved }: ObjectChange): string {
  switch (change) {
    case 'added':
    case 'changed':
      return change;
    case 'deleted':
      return pruned ? '**deleted by pruning**' : 'declared no more, stays in the cluster';
    case 'moved': {
      const way =
        moved === undefined
          ? ''
          : ` from ${codeMarkdown(clip(moved.from, 150))} to ${codeMarkdown(clip(moved.to, 150))}`;
      return `moved${way}${pruned ? ', deleted in between if the first is quicker' : ''}`;
    }
  }
}
