import type { Mischief } from '../../../sandbox/kubernetes/flux/mischief.ts';
import { configMap, kustomization, MGMT, namespace, platform, source } from './support/manifests.ts';
import { type SmallFleet, smallFleet } from './support/small-fleet.ts';

const OK = { 'apps/one/map.yaml': configMap('one') };
const MAP = kustomization('one');
const NS = { 'apps.yaml': namespace('apps') };

describe('what Flux says when something fails', () => {
  let flux: SmallFleet;

  afterEach(() => flux.close());

  const broken: readonly (readonly [string, Readonly<Record<string, string | undefined>>, string, string])[] =
    [
      [
        'a broken file',
        { 'apps/one/map.yaml': 'kind: [' },
        'BuildFailed',
        'MalformedYAMLError: yaml: line 1',
      ],
      [
        'a file that is no object',
        { 'apps/one/map.yaml': 'a: 1' },
        'BuildFailed',
        'failed to decode Kubernetes YAML from',
      ],
      [
        'one object in two files',
        { 'apps/one/b.yaml': configMap('one') },
        'BuildFailed',
        'already registered id',
      ],
      [
        'a resource that is not there',
        { 'apps/one/kustomization.yaml': 'resources: [gone.yaml]' },
        'BuildFailed',
        "accumulating resources from 'gone.yaml'",
      ],
      [
        'a kind that the cluster does not know',
        { 'apps/one/map.yaml': 'apiVersion: acme.example/v1\nkind: Thing\nmetadata:\n  name: a\n' },
        'ReconciliationFailed',
        'Thing/a dry-run failed: no matches for kind "Thing" in version "acme.example/v1"',
      ],
      [
        'a namespace that is not there',
        { 'apps/one/map.yaml': configMap('one', {}, 'nowhere') },
        'ReconciliationFailed',
        'namespaces "nowhere" not found',
      ],
      [
        'an object that its definition refuses',
        { 'apps/one/map.yaml': kustomization('bad', { interval: 'often' }) },
        'ReconciliationFailed',
        'Kustomization.kustomize.toolkit.fluxcd.io "bad" is invalid: spec.interval',
      ],
      [
        'a path that is not there',
        { 'apps/one/map.yaml': undefined, 'apps/two/map.yaml': configMap('two') },
        'ArtifactFailed',
        'kustomization path not found: stat',
      ],
    ];

  it.each(broken)('%s', async (_, files, reason, message) => {
    flux = await smallFleet(platform({ ...NS, 'one.yaml': MAP }, OK));
    const before = flux.object('kustomizations', 'one').status?.['lastAppliedRevision'];
    const commit = flux.repository.change(files);
    await flux.pull();
    const { status } = flux.object('kustomizations', 'one');
    expect(flux.condition('Ready', 'one')).toMatchObject({ status: 'False', reason });
    expect(flux.condition('Ready', 'one')?.message).toContain(message);
    // Failed, and about to be tried again: both at once.
    expect(flux.condition('Reconciling', 'one')).toMatchObject({
      status: 'True',
      reason: 'ProgressingWithRetry',
    });
    expect(status).toMatchObject({
      lastAppliedRevision: before,
      lastAttemptedRevision: `main@sha1:${commit}`,
    });
    expect(flux.store.list('events').map((each) => [each['reason'], each['type']])).toContainEqual([
      reason,
      'Warning',
    ]);
  });

  it('does not observe the generation of a spec that it fails to apply', async () => {
    flux = await smallFleet(platform({ ...NS, 'one.yaml': MAP }, OK));
    flux.spec('kustomizations', 'one', { path: './nowhere' });
    await flux.flux.idle();
    const { status, metadata } = flux.object('kustomizations', 'one');
    expect([metadata.generation, status?.['observedGeneration']]).toEqual([2, 1]);
  });

  it.each<[Mischief, string]>([
    ['artifact', 'ArtifactFailed'],
    ['build', 'BuildFailed'],
    ['apply', 'ReconciliationFailed'],
    ['prune', 'PruneFailed'],
    ['health', 'HealthCheckFailed'],
  ])('whatever somebody breaks (%s) fails until it is mended', async (mischief, reason) => {
    flux = await smallFleet(platform({ ...NS, 'one.yaml': kustomization('one', { wait: true }) }, OK));
    flux.flux.mischief.set('flux-system/one', mischief);
    flux.flux.reconcile('flux-system/one');
    await flux.flux.idle();
    expect(flux.condition('Ready', 'one')).toMatchObject({ status: 'False', reason });
    flux.flux.mischief.clear();
    flux.request('kustomizations', 'one');
    await flux.flux.idle();
    expect(flux.condition('Ready', 'one')).toMatchObject({ status: 'True' });
    expect(flux.condition('Reconciling', 'one')).toBeUndefined();
  });

  it('without wait or health checks, nobody looks whether it is healthy', async () => {
    flux = await smallFleet(platform({ ...NS, 'one.yaml': MAP }, OK));
    flux.flux.mischief.set('flux-system/one', 'health');
    flux.request('kustomizations', 'one');
    await flux.flux.idle();
    expect(flux.condition('Ready', 'one')).toMatchObject({ status: 'True' });
    expect(flux.condition('Healthy', 'one')).toBeUndefined();
  });

  it('waits for what it depends on, which is no failure of its own', async () => {
    const two = kustomization('two', { dependsOn: [{ name: 'one' }] });
    const files = { ...OK, 'apps/two/map.yaml': configMap('two') };
    flux = await smallFleet(platform({ ...NS, 'one.yaml': MAP, 'two.yaml': two }, files), {
      timing: { fetchMs: 1, applyMs: 1, longestIntervalMs: 50 },
    });
    expect(flux.condition('Ready', 'two')).toMatchObject({ status: 'True' });
    flux.flux.mischief.set('flux-system/one', 'build');
    flux.repository.change({ 'apps/two/map.yaml': configMap('two', { a: 'b' }) });
    await flux.until('two waits', () => flux.condition('Ready', 'two')?.reason === 'DependencyNotReady');
    expect(flux.condition('Ready', 'two')?.message).toBe("dependency 'flux-system/one' is not ready");
    flux.flux.mischief.clear();
    await flux.until('two goes on', () => flux.condition('Ready', 'two')?.status === 'True');
  });

  it('says so when its source is not there, or has nothing yet', async () => {
    const lost = kustomization('lost', { sourceRef: { kind: 'GitRepository', name: 'none' } });
    const empty = kustomization('empty', { sourceRef: { kind: 'GitRepository', name: 'release' } });
    const files = {
      'release.yaml': source('release', { tag: 'v0' }),
      'lost.yaml': lost,
      'empty.yaml': empty,
    };
    flux = await smallFleet(platform({ ...NS, ...files }, OK));
    expect(flux.condition('Ready', 'lost')).toMatchObject({
      reason: 'ArtifactFailed',
      message: "Source 'GitRepository/flux-system/none' not found",
    });
    expect(flux.condition('Ready', 'empty')?.message).toBe('Source artifact not found, retrying in 30s');
    expect(flux.object('kustomizations', 'empty').status?.['observedGeneration']).toBe(-1);
  });

  it('reaches no other repository', async () => {
    const other = source('other', { branch: 'main' }, { url: 'https://git.example/somebody/else' });
    flux = await smallFleet(platform({ ...NS, 'other.yaml': other }, OK));
    expect(flux.condition('Ready', 'other', 'gitrepositories')).toMatchObject({
      status: 'False',
      reason: 'GitOperationFailed',
    });
  });

  it('with wait, is not through before what it applied is ready, and gives up in the end', async () => {
    const mgmt = { 'mgmt.yaml': kustomization('mgmt', { path: `./${MGMT}`, wait: true }) };
    flux = await smallFleet(platform({ ...NS, ...mgmt, 'one.yaml': MAP }, OK), {
      timing: { fetchMs: 1, applyMs: 5, longestTimeoutMs: 60 },
    });
    expect(flux.condition('Healthy', 'mgmt')).toMatchObject({ status: 'True' });
    flux.flux.mischief.set('flux-system/one', 'build');
    flux.repository.change({ [`${MGMT}/one.yaml`]: kustomization('one', { retryInterval: '1h' }) });
    await flux.pull();
    expect(flux.condition('Ready', 'mgmt')).toMatchObject({ status: 'False', reason: 'HealthCheckFailed' });
    expect(flux.condition('Ready', 'mgmt')?.message).toMatch(
      /^health check failed after .*timeout waiting for: \[Kustomization\/flux-system\/one status: 'InProgress'\]$/,
    );
  });

  it('stops waiting for health when there is something newer to apply', async () => {
    const mgmt = { 'mgmt.yaml': kustomization('mgmt', { path: `./${MGMT}`, wait: true }) };
    flux = await smallFleet(platform({ ...NS, ...mgmt, 'one.yaml': MAP }, OK));
    const seen = flux.record('kustomizations', 'mgmt');
    flux.flux.mischief.set('flux-system/one', 'build');
    flux.repository.change({ [`${MGMT}/one.yaml`]: kustomization('one', { retryInterval: '1h' }) });
    flux.request('gitrepositories', 'main', 'first');
    await flux.until('it waits', () => flux.condition('Healthy', 'mgmt')?.status === 'Unknown');
    flux.flux.mischief.clear();
    const next = flux.repository.change({ [`${MGMT}/more.yaml`]: namespace('more') });
    flux.request('gitrepositories', 'main', 'second');
    flux.request('kustomizations', 'one', 'second');
    await flux.until(
      'the newer one is applied',
      () => flux.object('kustomizations', 'mgmt').status?.['lastAppliedRevision'] === `main@sha1:${next}`,
    );
    const reasons = seen.flatMap(({ status }) =>
      ((status?.['conditions'] ?? []) as { reason: string }[]).map(({ reason }) => reason),
    );
    expect(reasons).toContain('HealthCheckCanceled');
    expect(reasons).not.toContain('HealthCheckFailed');
  });
});
