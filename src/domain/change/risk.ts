import type { Effect, Highlight } from '../effects/effect.ts';
import { summarise } from '../effects/summarise.ts';
import type { PromotionStep } from '../promotion/compare-promotion.ts';
import type { Risk, Warning } from './sheet.ts';

export interface RiskFacts {
  /** What production will see. */
  readonly effects: readonly Effect[];
  /** Tags of a promotion; `from` is undefined where no tag runs. */
  readonly turned: { readonly from: string | undefined; readonly to: string } | undefined;
  readonly order: PromotionStep;
  /** Whether the tag's commit is in the default branch's history; undefined when it is not known. */
  readonly isOnDefaultBranch: boolean | undefined;
  readonly tagExists: boolean;
  readonly touchesPolicy: boolean;
  /** Turns of a source whose effects cannot be told. */
  readonly notCompared?: readonly { readonly from: string; readonly to: string }[];
}

/** The risk of a change, the worst first. */
export function riskOf(facts: RiskFacts): Risk {
  const summary = summarise(facts.effects);
  const places = new Map(
    summary.clusters.map(({ cluster, management }) => [
      JSON.stringify([management, cluster]),
      { cluster, management },
    ]),
  );
  return {
    warnings: [
      ...promotionWarnings(facts),
      ...(facts.notCompared ?? []).map(({ from, to }) => ({ kind: 'not-compared', from, to }) as const),
      ...effectWarnings(facts.effects),
    ],
    effects: facts.effects,
    summary,
    clusters: [...places.values()],
  };
}

function promotionWarnings({
  turned,
  order,
  isOnDefaultBranch,
  tagExists,
  touchesPolicy,
}: RiskFacts): readonly Warning[] {
  const warnings: Warning[] = [];
  if (turned !== undefined && !tagExists) warnings.push({ kind: 'tag-missing', tag: turned.to });
  if (turned !== undefined && isOnDefaultBranch === false) {
    warnings.push({ kind: 'not-on-default-branch', tag: turned.to });
  }
  if (turned?.from !== undefined && order === 'downgrade') {
    warnings.push({ kind: 'downgrade', from: turned.from, to: turned.to });
  }
  if (touchesPolicy) warnings.push({ kind: 'policy' });
  return warnings;
}

function effectWarnings(effects: readonly Effect[]): readonly Warning[] {
  const objects = effects.flatMap((effect) => effect.objects);
  const names = (what: Highlight) => [
    ...new Set(
      objects
        .filter(({ highlights }) => highlights.includes(what))
        .map(({ kind, namespace, name }) =>
          namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`,
        ),
    ),
  ];
  const removed = objects
    .filter(({ highlights }) => highlights.includes('namespace-removed'))
    .map(({ name }) => name);
  const pruned = objects.filter(({ highlights }) => highlights.includes('pruned')).length;
  const moved = objects.filter(({ change }) => change === 'moved').length;
  const notRendered = effects.flatMap((effect) => effect.notRendered).length;
  const named = (kind: 'crds' | 'cluster-rbac' | 'quota-cut', what: Highlight): readonly Warning[] =>
    names(what).length === 0 ? [] : [{ kind, names: names(what) }];
  return [
    ...(removed.length > 0 ? [{ kind: 'namespaces-removed', names: [...new Set(removed)] } as const] : []),
    ...(pruned > 0 ? [{ kind: 'pruned', objects: pruned } as const] : []),
    ...named('crds', 'crd'),
    ...named('cluster-rbac', 'cluster-rbac'),
    ...named('quota-cut', 'quota-cut'),
    ...(moved > 0 ? [{ kind: 'moved', objects: moved } as const] : []),
    ...(notRendered > 0 ? [{ kind: 'not-rendered', files: notRendered } as const] : []),
  ];
}
