import { decisiveLine } from './decisive-line.ts';
import type { HelmReleaseStatus } from './objects.ts';

/** How a HelmRelease stands to what its Kustomization last made of it. */
export type HelmState =
  | { readonly kind: 'ready' }
  | { readonly kind: 'waiting-for-dependency' }
  | { readonly kind: 'reconciling' }
  | { readonly kind: 'failed'; readonly reason: string; readonly line: string }
  | { readonly kind: 'suspended' };

/** Where a HelmRelease stands. Ready counts for the present generation only, a failure likewise. */
export function helmState(release: HelmReleaseStatus): HelmState {
  const { ready, stalled, generation, observedGeneration, suspended } = release;
  if (suspended) return { kind: 'suspended' };
  const bad = stalled?.status === 'True' ? stalled : ready?.status === 'False' ? ready : undefined;
  const isPresent = bad !== undefined && (bad.generation ?? generation) >= generation;
  if (!isPresent) {
    const isReady = ready?.status === 'True' && observedGeneration === generation;
    return { kind: isReady ? 'ready' : 'reconciling' };
  }
  if (bad.reason === 'DependencyNotReady') return { kind: 'waiting-for-dependency' };
  return { kind: 'failed', reason: bad.reason, line: decisiveLine(bad.message) };
}
