import { managementClusters } from '../../../src/domain/rollout/management-clusters.ts';
import { rolloutRoutes } from '../../../src/domain/rollout/routes.ts';
import { gitRepository, kustomization, platformOf, policyOf, samplePlatform } from '../samples.ts';
import { commit } from './samples.ts';

const merged = { commit: commit('e'), descendants: new Set<ReturnType<typeof commit>>() };
const expectedMerge = { kind: 'commit', ...merged };

function routesOfPromotion(platform = samplePlatform(), policy = policyOf()) {
  const sources = platform.sources.filter(({ name }) => name === 'release');
  return rolloutRoutes(platform, managementClusters(policy, platform), merged, {
    files: sources.map(({ path }) => path),
    promoted: sources.map((source) => ({ source, tag: 'v2', commit: commit('b') })),
  });
}

describe('the way of a change through the clusters', () => {
  it('leads a promotion over main and what applies the source, to all that follow the source', () => {
    expect(routesOfPromotion()).toEqual([
      {
        management: 'aws-v1-mgmt',
        legs: [
          {
            source: 'flux-system/main',
            expected: expectedMerge,
            declared: [{ id: 'flux-system/mgmt', cluster: undefined }],
            isOpen: false,
            isWay: true,
          },
          {
            source: 'flux-system/release',
            expected: { kind: 'tag', tag: 'v2', commit: commit('b') },
            declared: [
              { id: 'two/tenants-common', cluster: 'two' },
              { id: 'two/tenants-prod', cluster: 'two' },
            ],
            isOpen: true,
            isWay: false,
          },
        ],
      },
    ]);
  });

  it('keeps management clusters apart, though their sources have one name', () => {
    const azure = 'providers/azure/v1/mgmt/namespaced';
    const platform = samplePlatform({
      [`${azure}/flux-system/main.yaml`]: gitRepository('main', '{ branch: main }'),
      [`${azure}/flux-system/release.yaml`]: gitRepository('release', '{ tag: v1.2.3 }'),
      [`${azure}/flux-system/mgmt.yaml`]: kustomization({ name: 'mgmt', path: './providers/azure/v1/mgmt' }),
      [`${azure}/three/prod.yaml`]: kustomization({
        name: 'prod',
        namespace: 'three',
        path: 'tenants/azure/prod',
        source: 'release',
      }),
    });
    const routes = routesOfPromotion(platform);
    expect(routes.map(({ management, legs }) => [management, legs[1]?.declared.map(({ id }) => id)])).toEqual(
      [
        ['aws-v1-mgmt', ['two/tenants-common', 'two/tenants-prod']],
        ['azure-v1-mgmt', ['three/prod']],
      ],
    );
  });

  it('leads a merge to what follows main and applies its files, nowhere else', () => {
    const platform = samplePlatform();
    const managements = managementClusters(policyOf(), platform);
    const routes = (files: readonly string[]) =>
      rolloutRoutes(platform, managements, merged, { files, promoted: [] });
    expect(routes(['tenants/aws/non-prod/shop/a.yaml', 'tenants/aws/prod/shop/a.yaml'])).toEqual([
      {
        management: 'aws-v1-mgmt',
        legs: [
          {
            source: 'flux-system/main',
            expected: expectedMerge,
            declared: [{ id: 'one/tenants-non-prod', cluster: 'one' }],
            isOpen: false,
            isWay: false,
          },
        ],
      },
    ]);
    expect(routes(['tenants/aws/prod/shop/a.yaml', 'README.md'])).toEqual([]);
  });
});

describe('the way of a merge that promotes and does more', () => {
  it('has its further files on a leg of their own, and nothing twice', () => {
    const platform = samplePlatform();
    const source = platform.sources.find(({ name }) => name === 'release');
    if (source === undefined) throw new Error('failed to find the source');
    const [route] = rolloutRoutes(platform, managementClusters(policyOf(), platform), merged, {
      files: [source.path, 'tenants/aws/non-prod/shop/a.yaml', 'providers/aws/v1/mgmt/namespaced/other.yaml'],
      promoted: [{ source, tag: 'v2', commit: commit('b') }],
    });
    expect(route?.legs.map(({ isWay, declared }) => [isWay, declared.map(({ id }) => id)])).toEqual([
      [true, ['flux-system/mgmt']],
      [false, ['one/tenants-non-prod']],
      [false, ['two/tenants-common', 'two/tenants-prod']],
    ]);
  });
});

describe('the management clusters', () => {
  it('are those whose folders the repository has', () => {
    expect(managementClusters(policyOf(), samplePlatform())).toEqual([
      {
        name: 'aws-v1-mgmt',
        folder: 'providers/aws/v1/mgmt',
        provider: 'aws',
        version: 'v1',
        context: undefined,
        isOnly: true,
      },
    ]);
  });

  it('do not include what stands in a workload cluster’s folder', () => {
    const platform = samplePlatform({
      'providers/aws/v1/clusters/prod/two/namespaced/own.yaml': kustomization({ name: 'own', path: 'x' }),
    });
    expect(managementClusters(policyOf(), platform).map(({ name }) => name)).toEqual(['aws-v1-mgmt']);
  });

  it('are called after their first folders in a repository laid out otherwise', () => {
    const platform = platformOf({ 'clusters/edge/apps.yaml': kustomization({ name: 'apps', path: 'apps' }) });
    expect(managementClusters(policyOf(), platform)).toMatchObject([
      { name: 'clusters-edge', folder: 'clusters/edge', provider: undefined },
    ]);
  });

  it('are those that the policy names, with what the folders tell of them', () => {
    const policy = policyOf(
      'clusters:\n- { name: one, provider: aws, version: v1, context: ctx }\n- { name: two, folder: clusters/two }\n- { name: new, provider: gcp, version: v2 }\n',
    );
    expect(managementClusters(policy, samplePlatform())).toEqual([
      {
        name: 'one',
        folder: 'providers/aws/v1/mgmt',
        provider: 'aws',
        version: 'v1',
        context: 'ctx',
        isOnly: false,
      },
      {
        name: 'two',
        folder: 'clusters/two',
        provider: undefined,
        version: undefined,
        context: undefined,
        isOnly: false,
      },
      {
        name: 'new',
        folder: 'providers/gcp/v2/mgmt',
        provider: 'gcp',
        version: 'v2',
        context: undefined,
        isOnly: false,
      },
    ]);
  });
});
