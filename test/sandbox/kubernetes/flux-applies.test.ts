import { inventoryOf } from '../../../sandbox/kubernetes/flux/kustomization-status.ts';
import { configMap, kustomization, MGMT, namespace, platform, source } from './support/manifests.ts';
import { type SmallFleet, smallFleet } from './support/small-fleet.ts';

const APPS = { 'apps/one/map.yaml': configMap('one'), 'ns/apps.yaml': namespace('apps') };
const ONE = {
  'release.yaml': source('release', { tag: 'v1' }),
  'apps.yaml': namespace('apps'),
  'one.yaml': kustomization('one', { sourceRef: { kind: 'GitRepository', name: 'release' } }),
};

describe("Flux on the sandbox's clusters", () => {
  let flux: SmallFleet;

  afterEach(() => flux.close());

  const revision = (name: string) => flux.object('kustomizations', name).status?.['lastAppliedRevision'];
  const inventory = (name: string) => inventoryOf(flux.object('kustomizations', name)).map(({ id }) => id);

  it("has applied everything when the sandbox starts, each at its source's revision", async () => {
    flux = await smallFleet(platform(ONE, APPS));
    const commit = flux.repository.ref('refs/heads/main');
    expect(revision('mgmt')).toBe(`main@sha1:${commit}`);
    expect(revision('one')).toBe(`v1@sha1:${commit}`);
    expect(inventory('one')).toEqual(['apps_one__ConfigMap']);
    expect(flux.condition('Ready', 'one')).toMatchObject({
      status: 'True',
      reason: 'ReconciliationSucceeded',
      message: `Applied revision: v1@sha1:${commit}`,
    });
    expect(flux.condition('Reconciling', 'one')).toBeUndefined();
    expect(flux.store.list('events')).toEqual([]);
  });

  it('carries a changed tag over four hops, by one request alone', async () => {
    flux = await smallFleet(platform(ONE, APPS));
    const next = flux.repository.change({
      'apps/one/more.yaml': configMap('more'),
      [`${MGMT}/release.yaml`]: source('release', { tag: 'v2' }),
    });
    flux.repository.tag('v2', next);
    flux.request('gitrepositories', 'main', '2026-01-01T00:00:00Z');
    await flux.until('production at v2', () => revision('one') === `v2@sha1:${next}`);
    await flux.flux.idle();
    expect(flux.object('gitrepositories', 'main').status?.['lastHandledReconcileAt']).toBe(
      '2026-01-01T00:00:00Z',
    );
    expect(revision('mgmt')).toBe(`main@sha1:${next}`);
    expect(inventory('one')).toEqual(['apps_one__ConfigMap', 'apps_more__ConfigMap']);
  });

  it('stays at the old revision, and Ready, when the tag does not exist', async () => {
    flux = await smallFleet(platform(ONE, APPS));
    const before = revision('one');
    flux.repository.change({ [`${MGMT}/release.yaml`]: source('release', { tag: 'v9' }) });
    await flux.pull();
    expect(flux.condition('Ready', 'release', 'gitrepositories')).toMatchObject({
      status: 'False',
      reason: 'GitOperationFailed',
      message: expect.stringContaining(`couldn't find remote ref "refs/tags/v9"`),
    });
    const { status, metadata } = flux.object('gitrepositories', 'release');
    expect(status).toMatchObject({ artifact: { revision: before }, observedGeneration: 1 });
    expect(metadata.generation).toBe(2);
    expect(revision('one')).toBe(before);
    expect(flux.condition('Ready', 'one')).toMatchObject({ status: 'True' });
    flux.repository.tag('v9', flux.repository.ref('refs/heads/main'));
    await flux.until('the tag is found by itself', () => String(revision('one')).startsWith('v9@'));
  });

  it('follows a tag that was moved', async () => {
    flux = await smallFleet(platform(ONE, APPS));
    const moved = flux.repository.change({ 'apps/one/moved.yaml': configMap('moved') });
    flux.repository.tag('v1', moved);
    flux.request('gitrepositories', 'release');
    await flux.until('the new commit', () => revision('one') === `v1@sha1:${moved}`);
  });

  it('takes away what is gone from the repository, unless it is not to prune', async () => {
    const keep = kustomization('keep', { prune: false });
    const elsewhere = { ...APPS, 'apps/keep/a.yaml': namespace('a'), 'apps/keep/b.yaml': namespace('b') };
    flux = await smallFleet(platform({ ...ONE, 'keep.yaml': keep, 'c.yaml': namespace('c') }, elsewhere));
    flux.repository.change({ 'apps/keep/b.yaml': undefined, [`${MGMT}/c.yaml`]: undefined });
    await flux.pull();
    expect(inventory('keep')).toEqual(['_a__Namespace']);
    expect(flux.store.has('namespaces', '', 'b')).toBe(true);
    expect(flux.store.has('namespaces', '', 'c')).toBe(false);
  });

  it('takes with a deleted Kustomization what it had applied', async () => {
    const made = { ...APPS, 'apps/two/a.yaml': namespace('a') };
    flux = await smallFleet(platform({ ...ONE, 'two.yaml': kustomization('two') }, made));
    expect(flux.store.has('namespaces', '', 'a')).toBe(true);
    flux.repository.change({ [`${MGMT}/two.yaml`]: undefined });
    await flux.pull();
    expect(flux.store.has('kustomizations', 'flux-system', 'two')).toBe(false);
    expect(flux.store.has('namespaces', '', 'a')).toBe(false);
  });

  it('leaves alone what others wrote, and takes back what is not in the manifest any more', async () => {
    flux = await smallFleet(platform({ ...ONE, 'one.yaml': kustomization('one', { timeout: '3m' }) }, APPS));
    flux.spec('kustomizations', 'one', { suspend: true });
    flux.repository.change({ [`${MGMT}/one.yaml`]: kustomization('one', { retryInterval: '2m' }) });
    await flux.pull();
    const { spec } = flux.object('kustomizations', 'one');
    expect(spec).toMatchObject({ suspend: true, retryInterval: '2m' });
    expect(spec).not.toHaveProperty('timeout');
  });

  it('does nothing to what is suspended, and goes on when it is resumed', async () => {
    flux = await smallFleet(platform({ ...ONE, 'one.yaml': kustomization('one') }, APPS));
    flux.spec('kustomizations', 'one', { suspend: true });
    await flux.flux.idle();
    const before = flux.object('kustomizations', 'one');
    const next = flux.repository.change({ 'apps/one/map.yaml': configMap('one', { new: 'yes' }) });
    await flux.pull();
    expect(flux.object('kustomizations', 'one')).toBe(before);
    flux.spec('kustomizations', 'one', { suspend: false });
    await flux.until('it went on', () => revision('one') === `main@sha1:${next}`);
  });

  it('shows on its way what it does, and observes the generation at its end only', async () => {
    flux = await smallFleet(platform(ONE, APPS));
    const seen = flux.record('kustomizations', 'one');
    flux.spec('kustomizations', 'one', { retryInterval: '3m' });
    await flux.flux.idle();
    const steps = seen.map(({ status, metadata }) => [
      metadata.generation,
      status?.['observedGeneration'],
      ...((status?.['conditions'] ?? []) as { type: string; status: string }[]).map(
        (each) => `${each.type}=${each.status}`,
      ),
    ]);
    expect(steps.at(0)).toEqual([2, 1, 'Ready=True']);
    expect(steps.slice(1, -1).every((step) => step.join() === '2,1,Ready=Unknown,Reconciling=True')).toBe(
      true,
    );
    expect(steps.at(-1)).toEqual([2, 2, 'Ready=True']);
    expect(steps.length).toBeGreaterThan(3);
  });

  it('keeps the last five records of what it did', async () => {
    flux = await smallFleet(platform(ONE, APPS));
    for (let at = 1; at <= 6; at += 1) {
      flux.repository.tag(
        'v1',
        flux.repository.change({ 'apps/one/map.yaml': configMap('one', { at: String(at) }) }),
      );
      flux.request('gitrepositories', 'release', `2026-01-01T00:00:0${at}Z`);
      await flux.flux.idle();
    }
    flux.request('kustomizations', 'one', '2026-01-01T00:01:00Z');
    await flux.flux.idle();
    const { status } = flux.object('kustomizations', 'one');
    const history = status?.['history'] as { digest: string; totalReconciliations: number }[];
    expect(new Set(history.map(({ digest }) => digest)).size).toBe(5);
    expect(history[0]?.totalReconciliations).toBe(2);
    expect(status?.['lastHandledReconcileAt']).toBe('2026-01-01T00:01:00Z');
  });

  it('looks by itself once its interval is over, which can be shortened', async () => {
    flux = await smallFleet(platform(ONE, APPS), {
      timing: { fetchMs: 1, applyMs: 1, longestIntervalMs: 100 },
    });
    const next = flux.repository.change({ 'apps/one/map.yaml': configMap('one', { new: 'yes' }) });
    await flux.until('main is polled', () => revision('mgmt') === `main@sha1:${next}`);
  });
});
