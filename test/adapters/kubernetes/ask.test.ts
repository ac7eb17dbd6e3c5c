import { PATHS } from './objects.ts';
import { aws, setScene } from './scene.ts';

const scene = setScene();
const { cluster } = scene;

describe('asking Flux to reconcile', () => {
  it('sets the one annotation, and nothing else', async () => {
    const at = '2026-01-02T03:04:05.678Z';
    const source = { kind: 'source', id: 'flux-system/release' } as const;
    expect(await scene.fleet.requestReconciliation(aws, source, at)).toBe('asked');
    expect(await scene.fleet.requestReconciliation(aws, { kind: 'kustomization', id: 'prod/one' }, at)).toBe(
      'asked',
    );
    const body = JSON.stringify({ metadata: { annotations: { 'reconcile.fluxcd.io/requestedAt': at } } });
    expect(cluster.bodies).toEqual([body, body]);
    expect(cluster.get(PATHS.sources, 'flux-system/release')?.metadata['annotations']).toEqual({
      'reconcile.fluxcd.io/requestedAt': at,
    });
  });

  it('says when it may not, and when there is nothing of that name', async () => {
    const absent = { kind: 'source', id: 'flux-system/none' } as const;
    expect(await scene.fleet.requestReconciliation(aws, absent, 'x')).toBe('absent');
    Object.assign(cluster, { forbidden: ['PATCH'] });
    const source = { kind: 'source', id: 'flux-system/release' } as const;
    expect(await scene.fleet.requestReconciliation(aws, source, 'x')).toBe('not-allowed');
  });

  it('comes back later when the cluster does not take it now', async () => {
    cluster.troubles.set(
      'gitrepositories/release',
      Array.from({ length: 9 }, () => ({ status: 500 })),
    );
    const source = { kind: 'source', id: 'flux-system/release' } as const;
    await expect(scene.fleet.requestReconciliation(aws, source, 'x')).rejects.toThrow(
      expect.objectContaining({ name: 'RetryableError' }),
    );
  });
});

describe('the events of a Kustomization', () => {
  it('are its own, the newest first', async () => {
    const message = 'denied';
    cluster.events = [
      { type: 'Normal', reason: 'Progressing', message, count: 3, lastTimestamp: '2026-01-01T00:00:00Z' },
      { type: 'Warning', reason: 'ReconciliationFailed', message, eventTime: '2026-01-02T00:00:00.000000Z' },
    ];
    expect(await scene.fleet.eventsOf(aws, { kind: 'kustomization', id: 'prod/one' })).toEqual([
      { at: Date.parse('2026-01-02'), isWarning: true, reason: 'ReconciliationFailed', message, count: 1 },
      { at: Date.parse('2026-01-01'), isWarning: false, reason: 'Progressing', message, count: 3 },
    ]);
    expect(decodeURIComponent(cluster.requests.at(-1) ?? '')).toContain(
      '/api/v1/namespaces/prod/events?fieldSelector=involvedObject.kind=Kustomization,involvedObject.name=one',
    );
  });
});
