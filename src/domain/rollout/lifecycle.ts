import type { Condition, Lifecycle } from './objects.ts';

/** What Cluster API shows of a Cluster. */
export interface ClusterApiFacts {
  readonly phase: string | undefined;
  /** Available, or where an older version has none, Ready. */
  readonly available: Condition | undefined;
  readonly deleting: boolean;
}

/**
 * Where a Cluster stands. Its phase `Provisioned` says that it was made, not that it is there: Available counts.
 * https://cluster-api.sigs.k8s.io/reference/api/v1beta2-condition-semantics
 */
export function clusterApiLifecycle({ phase, available, deleting }: ClusterApiFacts): Lifecycle {
  if (deleting || phase === 'Deleting') return { kind: 'deleting' };
  if (phase === 'Failed') return { kind: 'failed', reason: available?.reason ?? phase };
  if (phase === 'Pending' || phase === 'Provisioning') return { kind: 'coming', phase };
  if (available?.status === 'True') return { kind: 'ready' };
  return available?.status === 'False'
    ? { kind: 'not-ready', reason: available.reason }
    : { kind: 'unknown' };
}

/** What Hive shows of a ClusterDeployment. */
export interface HiveFacts {
  readonly installed: boolean;
  readonly deleting: boolean;
  readonly powerState: string | undefined;
  readonly conditions: ReadonlyMap<string, Condition>;
}

/** Where a ClusterDeployment stands. https://github.com/openshift/hive/blob/master/docs/using-hive.md */
export function hiveLifecycle({ installed, deleting, powerState, conditions }: HiveFacts): Lifecycle {
  const isTrue = (type: string) => conditions.get(type)?.status === 'True';
  if (deleting) return { kind: 'deleting' };
  if (!installed) {
    const failed = conditions.get('ProvisionFailed');
    return failed?.status === 'True'
      ? { kind: 'failed', reason: failed.reason }
      : { kind: 'coming', phase: 'Provisioning' };
  }
  if (powerState === 'Hibernating' || isTrue('Hibernating')) return { kind: 'hibernating' };
  if (isTrue('Unreachable')) return { kind: 'not-ready', reason: 'Unreachable' };
  if (powerState === 'Running' || isTrue('Ready')) return { kind: 'ready' };
  return powerState === undefined ? { kind: 'unknown' } : { kind: 'not-ready', reason: powerState };
}
