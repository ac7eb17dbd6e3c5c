import { stringify } from 'yaml';

import { convertTo } from '../../../sandbox/kubernetes/convert.ts';
import type { KubeObject } from '../../../sandbox/kubernetes/objects.ts';
import { type Plural, RESOURCES, versionsOf } from '../../../sandbox/kubernetes/resources.ts';
import type { Change } from '../../../sandbox/kubernetes/store.ts';
import { definitions, definitionsAreThere } from './support/definitions.ts';
import { configMap, kustomization, MGMT, namespace, platform, source } from './support/manifests.ts';
import { type SmallFleet, smallFleet } from './support/small-fleet.ts';

const FILES = [
  'clusterdeployments',
  'clusters',
  'gitrepositories',
  'helmreleases',
  'kustomizations',
] as const;

const EVERYTHING = {
  'apps.yaml': namespace('apps'),
  'release.yaml': source('release', { tag: 'v1' }),
  'one.yaml': kustomization('one', { wait: true, sourceRef: { kind: 'GitRepository', name: 'release' } }),
  'two.yaml': kustomization('two', { dependsOn: [{ name: 'one' }] }),
  'helm.yaml': stringify({
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name: 'chart', namespace: 'apps' },
    spec: {
      interval: '10m',
      chart: { spec: { chart: 'c', sourceRef: { kind: 'HelmRepository', name: 'r' } } },
    },
  }),
  'capi.yaml': stringify({
    apiVersion: 'cluster.x-k8s.io/v1beta1',
    kind: 'Cluster',
    metadata: { name: 'work', namespace: 'apps' },
    spec: {
      clusterNetwork: { pods: { cidrBlocks: ['10.0.0.0/16'] } },
      infrastructureRef: {
        apiVersion: 'infrastructure.cluster.x-k8s.io/v1beta1',
        kind: 'AWSCluster',
        name: 'work',
      },
      topology: { class: 'small', version: 'v1.34.2' },
    },
  }),
  'hive.yaml': stringify({
    apiVersion: 'hive.openshift.io/v1',
    kind: 'ClusterDeployment',
    metadata: { name: 'open', namespace: 'apps' },
    spec: { baseDomain: 'example.com', clusterName: 'open', installed: true, platform: {} },
  }),
};

const APPS = { 'apps/one/map.yaml': configMap('one'), 'apps/two/map.yaml': configMap('two') };

const when = definitionsAreThere ? describe : describe.skip;

when(`objects of the clusters${definitionsAreThere ? '' : ' (skipped: ../shared/crds is not there)'}`, () => {
  let flux: SmallFleet;
  const seen: [Plural, KubeObject][] = [];

  beforeAll(async () => {
    flux = await smallFleet(platform(EVERYTHING, APPS), { flux: '2.9' });
    for (const plural of FILES) for (const object of flux.store.list(plural)) seen.push([plural, object]);
    flux.store.onChange(({ plural, object }: Change) => seen.push([plural, object]));
    const next = flux.repository.change({
      [`${MGMT}/release.yaml`]: source('release', { tag: 'v2' }),
      'apps/one/map.yaml': configMap('one', { new: 'yes' }),
    });
    await flux.pull();
    flux.repository.tag('v2', next);
    flux.request('gitrepositories', 'release');
    await flux.flux.idle();
    for (const mischief of ['build', 'health'] as const) {
      flux.flux.mischief.set('flux-system/one', mischief);
      flux.request('kustomizations', 'one', mischief);
      await flux.flux.idle();
      flux.request('kustomizations', 'two', mischief);
      await flux.flux.idle();
    }
    flux.flux.lifecycle.fix('clusters/apps/work', { phase: 'Failed', available: false });
    flux.flux.lifecycle.fix('clusterdeployments/apps/open', { phase: 'Provisioning', available: false });
    await flux.flux.idle();
  });

  afterAll(() => flux.close());

  it.each(FILES)('are valid in every version that is served, in whatever state (%s)', (plural) => {
    const known = definitions([plural]);
    const resource = RESOURCES[plural];
    const installed = { flux: '2.9', lifecycle: ['cluster-api', 'hive'] } as const;
    const objects = seen.filter(([of]) => of === plural).map(([, object]) => object);
    expect(objects.length).toBeGreaterThan(0);
    for (const version of versionsOf(installed, resource.group)) {
      const validate = known.get(`${resource.group}/${version} ${resource.kind}`);
      for (const object of objects) {
        const served = convertTo(object, resource, version);
        expect([validate?.(served), validate?.errors, served]).toEqual([true, null, served]);
      }
    }
  });

  it('have been in every state that matters', () => {
    const reasons = seen.flatMap(([, { status }]) =>
      ((status?.['conditions'] ?? []) as { reason: string }[]).map(({ reason }) => reason),
    );
    for (const reason of [
      'ReconciliationSucceeded',
      'Progressing',
      'ProgressingWithRetry',
      'BuildFailed',
      'HealthCheckFailed',
      'DependencyNotReady',
      'GitOperationFailed',
      'NotAvailable',
    ])
      expect(reasons).toContain(reason);
  });
});
