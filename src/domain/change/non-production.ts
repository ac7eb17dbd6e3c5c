import type { CommitSha } from '../ids.ts';
import type { Platform } from '../platform.ts';
import type { Policy } from '../policy.ts';
import type { ManagementCluster } from '../rollout/management-clusters.ts';
import type { KustomizationStatus, ManagementView } from '../rollout/objects.ts';
import { environmentIndex } from './environment-index.ts';
import type { NonProduction } from './sheet.ts';

export interface NonProductionFacts {
  readonly seen: readonly { readonly management: ManagementCluster; readonly view: ManagementView }[];
  readonly platform: Platform;
  readonly policy: Policy;
  /** Whether a commit has what is promoted in its history; undefined when that is not known. */
  readonly contains: (revision: CommitSha) => boolean | undefined;
}

/** How what is promoted does on the clusters of other environments, as they show it now. */
export function nonProduction({ seen, platform, policy, contains }: NonProductionFacts): NonProduction {
  const index = environmentIndex([platform], policy);
  if (seen.some(({ view }) => !isReadable(view))) return { kind: 'unknown' };
  const own = seen.flatMap(({ management, view }) =>
    view.kind === 'silent'
      ? []
      : [...view.kustomizations.values()].filter(
          ({ cluster }) =>
            cluster !== undefined && !index.isProduction({ management: management.folder, cluster }),
        ),
  );
  if (own.length === 0) return { kind: 'none' };
  const failing = own.filter(isFailing).map(({ id }) => id);
  if (failing.length > 0) return { kind: 'failing', what: failing };
  const known = own.map(({ lastApplied }) =>
    lastApplied === undefined ? false : contains(lastApplied.commit),
  );
  if (known.includes(undefined)) return { kind: 'unknown' };
  const applied = own.filter(
    (each, at) => known[at] === true && each.ready?.status === 'True' && !each.suspended,
  );
  if (applied.length < own.length) return { kind: 'not-everywhere', applied: applied.length, of: own.length };
  return {
    kind: 'running',
    since: Math.max(...own.map(({ ready }) => ready?.at ?? 0)),
    kustomizations: own.length,
  };
}

/** What may not be read there is not there to be seen, which is no sign that there is none. */
function isReadable(view: ManagementView): boolean {
  return view.kind === 'seen' && !view.hidden.includes('kustomizations');
}

/** Waiting for a dependency, or being busy, is no failure. */
function isFailing({ ready, stalled, suspended }: KustomizationStatus): boolean {
  if (suspended) return false;
  if (stalled?.status === 'True') return true;
  const waits = ['DependencyNotReady', 'Progressing', 'HealthCheckCanceled'];
  return ready?.status === 'False' && !waits.includes(ready.reason);
}
