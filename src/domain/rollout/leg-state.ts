import { type HelmState, helmState } from './helm-state.ts';
import { type KustomizationState, kustomizationState } from './kustomization-state.ts';
import type { HelmReleaseStatus, SeenManagement } from './objects.ts';
import type { Leg } from './plan.ts';
import { type SourceState, sourceState } from './source-state.ts';

/** A Kustomization of a leg as one look at its management cluster shows it. */
export interface SeenMember {
  readonly id: string;
  readonly cluster: string | undefined;
  readonly state: KustomizationState;
  /** When its Ready condition last changed by the cluster's clock, in milliseconds; undefined without one. */
  readonly readyAt: number | undefined;
  /** The HelmReleases that it made. */
  readonly helm: readonly { readonly id: string; readonly state: HelmState }[];
}

export interface SeenLeg {
  readonly source: SourceState;
  readonly members: readonly SeenMember[];
}

/** What one look shows of a leg. Kustomizations that are declared but not there are left to who knows what was before. */
export function legState(leg: Leg, view: SeenManagement): SeenLeg {
  const source = view.sources.get(leg.source);
  const declared = new Set(leg.declared.map(({ id }) => id));
  const helm = helmByMaker(view);
  const members: SeenMember[] = [];
  for (const kustomization of view.kustomizations.values()) {
    const counts = declared.has(kustomization.id) || (leg.isOpen && kustomization.source === leg.source);
    if (!counts) continue;
    members.push({
      id: kustomization.id,
      cluster: kustomization.cluster,
      state: kustomizationState(kustomization, source, leg.expected, leg.source),
      readyAt: kustomization.ready?.at,
      helm: (helm.get(kustomization.id) ?? []).map((release) => ({
        id: release.id,
        state: helmState(release),
      })),
    });
  }
  return { source: sourceState(source, leg.expected), members };
}

const byMaker = new WeakMap<SeenManagement, ReadonlyMap<string | undefined, readonly HelmReleaseStatus[]>>();

/** Several legs and rollouts look at one view; the index is made once. */
function helmByMaker(view: SeenManagement): ReadonlyMap<string | undefined, readonly HelmReleaseStatus[]> {
  const known = byMaker.get(view);
  if (known !== undefined) return known;
  const made = Map.groupBy(view.helmReleases.values(), ({ madeBy }) => madeBy);
  byMaker.set(view, made);
  return made;
}
