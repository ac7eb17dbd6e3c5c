import { type FleetRow, fleetRows } from '../../../src/domain/rollout/fleet-rows.ts';
import { managementClusters } from '../../../src/domain/rollout/management-clusters.ts';
import type { ManagementView } from '../../../src/domain/rollout/objects.ts';
import { policyOf, samplePlatform, kustomization as text } from '../samples.ts';
import {
  common,
  condition,
  helmRelease,
  kustomization,
  main,
  mgmt,
  revision,
  source,
  start,
  view,
} from './samples.ts';

const platform = samplePlatform({
  'providers/aws/v1/mgmt/namespaced/two/own.yaml': text({
    name: 'own',
    namespace: 'two',
    path: 'providers/aws/v1/clusters/prod/two',
    cluster: 'two',
    source: 'release',
  }),
});
const [management] = managementClusters(policyOf(), platform);

function rows(seen: ManagementView): readonly FleetRow[] {
  if (management === undefined) throw new Error('the sample has no management cluster');
  return fleetRows({ policy: policyOf(), platform, management, view: seen });
}

const sources = [main('main@e'), source('v1@a')];
const all = [mgmt('main@e'), common('v1@a'), kustomization('v1@a')];

describe('the fleet', () => {
  it('has a row for the management cluster and for each workload cluster, with what it runs', () => {
    expect(rows(view({ at: start, sources, kustomizations: all }))).toEqual([
      {
        management: 'aws-v1-mgmt',
        cluster: undefined,
        provider: 'aws',
        environment: undefined,
        revisions: [revision('main@e')],
        applied: 1,
        total: 1,
        open: [],
        lifecycle: undefined,
        silence: undefined,
      },
      expect.objectContaining({ cluster: 'one', environment: 'non-prod', total: 0, revisions: [] }),
      expect.objectContaining({
        cluster: 'two',
        environment: 'prod',
        applied: 2,
        total: 2,
        revisions: [revision('v1@a')],
        open: [],
      }),
    ]);
  });

  it('shows where each cluster stands in its life, also one that has no Kustomization yet', () => {
    const clusters = [
      { id: 'two/two', name: 'two', lifecycle: { kind: 'ready' } as const },
      { id: 'new/new', name: 'new', lifecycle: { kind: 'coming', phase: 'Pending' } as const },
    ];
    const told = rows({ ...view({ at: start, sources, kustomizations: all }), clusters });
    expect(told.map(({ cluster, lifecycle }) => [cluster, lifecycle?.kind])).toEqual([
      [undefined, undefined],
      ['new', 'coming'],
      ['one', undefined],
      ['two', 'ready'],
    ]);
  });

  it('is not fooled by Ready: a source whose tag does not exist leaves its clusters behind', () => {
    const broken = source('v1@a', {
      follows: { kind: 'tag', tag: 'v2' },
      ready: condition('False', 'GitOperationFailed', { message: `couldn't find remote ref "refs/tags/v2"` }),
    });
    const told = rows(view({ at: start, sources: [main('main@e'), broken], kustomizations: all }));
    expect(told[0]?.open).toMatchObject([
      { kind: 'source', id: 'flux-system/release', state: { kind: 'missing-tag' } },
    ]);
    expect(told[2]).toMatchObject({ applied: 0, total: 2 });
    expect(told[2]?.open.map(({ state }) => state.kind)).toEqual([
      'waiting-for-source',
      'waiting-for-source',
    ]);
  });

  it('names what fails, the HelmReleases that Kustomizations made among it', () => {
    const bad = condition('False', 'UpgradeFailed', { message: 'timed out' });
    const helmReleases = [
      helmRelease({ ready: bad }),
      helmRelease({ id: 'x/y', madeBy: undefined, ready: bad }),
    ];
    const failing = kustomization('v1@a', { ready: condition('False', 'PruneFailed') });
    const told = rows(
      view({ at: start, sources, kustomizations: [mgmt('main@e'), common('v1@a'), failing], helmReleases }),
    );
    expect(told[2]?.open.map(({ kind, id, state }) => [kind, id, state.kind])).toEqual([
      ['kustomization', 'two/tenants-prod', 'failed'],
      ['helm-release', 'two/ingress', 'failed'],
    ]);
  });

  it('takes a Kustomization at its word whose source is none in git', () => {
    const oci = kustomization('v1@a', { source: 'OCIRepository flux-system/x' });
    const told = rows(
      view({ at: start, sources, kustomizations: [oci, { ...oci, id: 'two/b', ready: undefined }] }),
    );
    expect(told[2]).toMatchObject({ applied: 1, total: 2 });
  });

  it('keeps every cluster in sight when the management cluster does not answer', () => {
    const silent = {
      kind: 'silent',
      management: 'aws-v1-mgmt',
      at: start,
      since: start,
      why: 'no-answer',
    } as const;
    expect(rows(silent).map(({ cluster, silence }) => [cluster, silence?.why])).toEqual([
      [undefined, 'no-answer'],
      ['one', 'no-answer'],
      ['two', 'no-answer'],
    ]);
  });
});
