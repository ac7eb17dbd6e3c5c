import { fleetView } from '../../../sandbox/kubernetes/control/fleet-view.ts';
import { eventually } from '../../support/eventually.ts';
import { platform, source } from './support/manifests.ts';
import { type SmallFleet, smallFleet } from './support/small-fleet.ts';

const FILES = platform({ 'release.yaml': source('release', { tag: 'v1' }) });

describe('a large fleet', () => {
  let flux: SmallFleet;

  afterEach(() => flux.close());

  const applied = (revision: string) =>
    flux.store.list('kustomizations').filter(({ status }) => status?.['lastAppliedRevision'] === revision)
      .length;

  it('is there within seconds, and fits into little memory', async () => {
    const began = performance.now();
    const before = process.memoryUsage().heapUsed;
    flux = await smallFleet(FILES, { large: { workloadClusters: 100, kustomizations: 100 } });
    expect(flux.store.count('kustomizations')).toBe(10_001);
    expect(flux.store.count('clusters')).toBe(100);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(150e6);
    const size = JSON.stringify(flux.object('kustomizations', 'app-001', 'large-001')).length;
    expect(size).toBeGreaterThan(4_000);
    expect(size).toBeLessThan(8_000);
  });

  it('applies a new revision of its source, over the time that it is given', async () => {
    const large = { workloadClusters: 3, kustomizations: 10, rollMs: 300 };
    flux = await smallFleet(FILES, { large });
    const seen = flux.record('kustomizations', 'app-010');
    const next = flux.repository.change({ 'README.md': 'new' });
    flux.repository.tag('v1', next);
    flux.request('gitrepositories', 'release');
    await eventually('some', () => applied(`v1@sha1:${next}`) > 0);
    expect(applied(`v1@sha1:${next}`)).toBeLessThan(30);
    await eventually('all', () => applied(`v1@sha1:${next}`) === 30);
    const ready = seen.map(
      ({ status }) => ((status?.['conditions'] ?? []) as { status: string }[])[0]?.status,
    );
    expect(ready).toEqual(['Unknown', 'True', 'Unknown', 'True', 'Unknown', 'True']);
  });

  it('changes as many at once as one wants, save what is suspended; what is broken fails', async () => {
    flux = await smallFleet(FILES, { large: { workloadClusters: 1, kustomizations: 20 } });
    const suspended = flux.object('kustomizations', 'app-001', 'large-001');
    flux.store.replace('kustomizations', { ...suspended, spec: { ...suspended.spec, suspend: true } });
    flux.flux.mischief.set('large-001/app-002', 'health');
    await flux.fleet.large?.roll({ count: 10, overMs: 0, revision: 'v2@sha1:abc' });
    expect(applied('v2@sha1:abc')).toBe(8);
    const [view] = fleetView(flux.fleet);
    const { name, counts, kustomizations } = view?.workloads.at(-1) ?? {};
    expect([name, counts]).toEqual(['large-001', { suspended: 1, failed: 1, applied: 10, behind: 8 }]);
    expect(kustomizations?.some(({ state }) => state === 'applied')).toBe(false);
    const failed = flux.object('kustomizations', 'app-002', 'large-001');
    expect(failed.status?.['conditions']).toContainEqual(
      expect.objectContaining({ type: 'Ready', status: 'False', reason: 'HealthCheckFailed' }),
    );
  });
});
