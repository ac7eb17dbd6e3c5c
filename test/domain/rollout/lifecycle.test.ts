import { clusterApiLifecycle, hiveLifecycle } from '../../../src/domain/rollout/lifecycle.ts';
import type { Lifecycle } from '../../../src/domain/rollout/objects.ts';
import { condition } from './samples.ts';

const available = condition('True', 'Available');
const notAvailable = condition('False', 'NotAvailable');

describe('where a workload cluster stands', () => {
  it.each<[Partial<Parameters<typeof clusterApiLifecycle>[0]>, Lifecycle]>([
    [{ phase: 'Provisioned', available }, { kind: 'ready' }],
    [
      { phase: 'Provisioned', available: notAvailable },
      { kind: 'not-ready', reason: 'NotAvailable' },
    ],
    [{ phase: 'Provisioned' }, { kind: 'unknown' }],
    [{ phase: 'Provisioned', available: condition('Unknown', 'x') }, { kind: 'unknown' }],
    [
      { phase: 'Provisioning', available: notAvailable },
      { kind: 'coming', phase: 'Provisioning' },
    ],
    [{ phase: 'Pending' }, { kind: 'coming', phase: 'Pending' }],
    [{ phase: 'Failed' }, { kind: 'failed', reason: 'Failed' }],
    [
      { phase: 'Failed', available: notAvailable },
      { kind: 'failed', reason: 'NotAvailable' },
    ],
    [{ phase: 'Deleting', available }, { kind: 'deleting' }],
    [{ phase: 'Provisioned', available, deleting: true }, { kind: 'deleting' }],
    [{ phase: 'Unknown' }, { kind: 'unknown' }],
    [{}, { kind: 'unknown' }],
  ])('by Cluster API: %j', (facts, lifecycle) => {
    const nothing = { phase: undefined, available: undefined, deleting: false };
    expect(clusterApiLifecycle({ ...nothing, ...facts })).toEqual(lifecycle);
  });

  const installed = { installed: true };
  it.each<[Partial<Parameters<typeof hiveLifecycle>[0]>, readonly string[], Lifecycle]>([
    [{}, [], { kind: 'coming', phase: 'Provisioning' }],
    [{}, ['ProvisionFailed'], { kind: 'failed', reason: 'because' }],
    [installed, [], { kind: 'unknown' }],
    [installed, ['Ready'], { kind: 'ready' }],
    [{ ...installed, powerState: 'Running' }, [], { kind: 'ready' }],
    [{ ...installed, powerState: 'Running' }, ['Unreachable'], { kind: 'not-ready', reason: 'Unreachable' }],
    [{ ...installed, powerState: 'Hibernating' }, ['Unreachable'], { kind: 'hibernating' }],
    [installed, ['Hibernating'], { kind: 'hibernating' }],
    [{ ...installed, powerState: 'WaitingForNodes' }, [], { kind: 'not-ready', reason: 'WaitingForNodes' }],
    [{ ...installed, deleting: true }, ['Ready'], { kind: 'deleting' }],
  ])('by Hive: %j with %j', (facts, types, lifecycle) => {
    const nothing = { installed: false, deleting: false, powerState: undefined };
    const conditions = new Map(types.map((type) => [type, condition('True', 'because')]));
    expect(hiveLifecycle({ ...nothing, ...facts, conditions })).toEqual(lifecycle);
  });
});
