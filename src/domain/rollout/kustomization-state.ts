import { decisiveLine } from './decisive-line.ts';
import { type Expected, holdsExpected, isExpected } from './expected.ts';
import type { Condition, GitSource, KustomizationStatus } from './objects.ts';
import type { Revision } from './revision.ts';

/** How a Kustomization stands to what it is expected to apply. */
export type KustomizationState =
  | { readonly kind: 'applied' }
  /** Applied, and `wait` or health checks stand in it, so that it is healthy as well. */
  | { readonly kind: 'applied-healthy' }
  | { readonly kind: 'waiting-for-source' }
  /** `on` is the `namespace/name` of what it waits for, as far as its message tells. */
  | { readonly kind: 'waiting-for-dependency'; readonly on: string | undefined }
  | { readonly kind: 'reconciling' }
  | {
      readonly kind: 'failed';
      readonly reason: string;
      readonly line: string;
      /** Whether it is being tried again just now. */
      readonly retrying: boolean;
    }
  | { readonly kind: 'suspended' }
  | { readonly kind: 'following-another-source'; readonly source: string }
  /** Gone; `declared` when the repository still wants it. */
  | { readonly kind: 'deleted'; readonly declared: boolean }
  /** Not made yet, or made and never tried. */
  | { readonly kind: 'new' }
  | { readonly kind: 'behind'; readonly revision: Revision | undefined }
  | { readonly kind: 'unknown'; readonly since: number };

/**
 * Whether a Kustomization has applied what is expected: its source holds it, it was applied, pruned and checked
 * (`lastAppliedRevision`), it is Ready in its present generation, and not suspended. Ready alone proves nothing: a
 * source whose tag does not exist leaves every Kustomization Ready at the revision before.
 */
export function isApplied(
  kustomization: KustomizationStatus,
  source: GitSource | undefined,
  expected: Expected,
): boolean {
  return (
    !kustomization.suspended &&
    !kustomization.deleting &&
    holdsExpected(source, expected) &&
    isExpected(kustomization.lastApplied, expected, source) &&
    kustomization.ready?.status === 'True' &&
    kustomization.observedGeneration === kustomization.generation
  );
}

/**
 * Where a Kustomization stands.
 * @param wanted `namespace/name` of the source that it is meant to follow.
 */
export function kustomizationState(
  kustomization: KustomizationStatus,
  source: GitSource | undefined,
  expected: Expected,
  wanted: string,
): KustomizationState {
  if (kustomization.deleting) return { kind: 'deleted', declared: false };
  if (kustomization.suspended) return { kind: 'suspended' };
  if (kustomization.source !== wanted) {
    return { kind: 'following-another-source', source: kustomization.source };
  }
  if (isApplied(kustomization, source, expected)) {
    return { kind: kustomization.checksHealth ? 'applied-healthy' : 'applied' };
  }
  if (source === undefined || !holdsExpected(source, expected)) return { kind: 'waiting-for-source' };
  return (
    stalled(kustomization) ??
    refused(kustomization, source, expected) ??
    onItsWay(kustomization, source, expected)
  );
}

/** Waits for another, whatever revision it tried last; canceled checks mean that a newer revision took over. */
const notFailures: readonly string[] = ['DependencyNotReady', 'HealthCheckCanceled'];

function stalled({ stalled: condition, generation }: KustomizationStatus): KustomizationState | undefined {
  return condition?.status === 'True' && isPresent(condition, generation) ? failed(condition) : undefined;
}

/** What Ready=False means. Reconciling may be True beside it (ProgressingWithRetry): that is still a failure. */
function refused(
  { ready, generation, lastAttempted }: KustomizationStatus,
  source: GitSource,
  expected: Expected,
): KustomizationState | undefined {
  if (ready?.status !== 'False' || !isPresent(ready, generation)) return undefined;
  if (ready.reason === 'DependencyNotReady') {
    return { kind: 'waiting-for-dependency', on: dependencyIn(ready.message) };
  }
  if (notFailures.includes(ready.reason)) return { kind: 'reconciling' };
  // An artifact that cannot be had was never tried; it counts when it is the present one.
  const isAboutExpected =
    ready.reason === 'ArtifactFailed'
      ? ready.at >= (source.artifactAt ?? Number.POSITIVE_INFINITY)
      : isExpected(lastAttempted, expected, source);
  return isAboutExpected ? failed(ready) : undefined;
}

function onItsWay(
  kustomization: KustomizationStatus,
  source: GitSource,
  expected: Expected,
): KustomizationState {
  const { ready, reconciling, generation, observedGeneration, lastAttempted, lastApplied } = kustomization;
  if (ready === undefined && lastAttempted === undefined) return { kind: 'new' };
  if (isExpected(lastAttempted, expected, source)) return { kind: 'reconciling' };
  const isFailingBefore = ready?.status === 'False' && isPresent(ready, generation);
  const isBusy = reconciling?.status === 'True' || observedGeneration !== generation;
  return isBusy && !isFailingBefore ? { kind: 'reconciling' } : { kind: 'behind', revision: lastApplied };
}

function isPresent(condition: Condition, generation: number): boolean {
  return (condition.generation ?? generation) >= generation;
}

function failed({ reason, message }: Condition): KustomizationState {
  return { kind: 'failed', reason, line: decisiveLine(message), retrying: false };
}

function dependencyIn(message: string): string | undefined {
  return /'([a-z0-9.-]+\/[a-z0-9.-]+)'/.exec(message)?.[1];
}
