import { allManagementClusters } from '../../../src/domain/rollout/management-clusters.ts';
import { rolloutRoutes } from '../../../src/domain/rollout/routes.ts';
import { stillDeclared } from '../../../src/domain/rollout/still-declared.ts';
import { platformOf, policyOf, sampleFiles, samplePlatform } from '../samples.ts';
import { commit, plan } from './samples.ts';

const policy = policyOf();
const platform = samplePlatform();
const clusters = allManagementClusters(policy, platform);
const source = platform.sources.find(({ name }) => name === 'release');
const managements = rolloutRoutes(
  platform,
  clusters,
  { commit: commit('e'), descendants: new Set() },
  {
    files: source === undefined ? [] : [source.path],
    promoted: source === undefined ? [] : [{ source, tag: 'v2', commit: commit('b') }],
  },
);
const thePlan = plan({ managements });

function later(without: RegExp) {
  return platformOf(Object.fromEntries(Object.entries(sampleFiles).filter(([path]) => !without.test(path))));
}

const declared = (of: typeof thePlan) =>
  of.managements.flatMap(({ legs }) => legs.flatMap((leg) => leg.declared.map(({ id }) => id)));

describe('the plan of a promotion after later commits', () => {
  it('stays as it is while all of it is declared', () => {
    expect(stillDeclared(thePlan, platform, clusters)).toEqual(thePlan);
  });

  it('does without a Kustomization that is declared no more', () => {
    const now = stillDeclared(thePlan, later(/two\/kustomization-prod/), clusters);
    expect(declared(thePlan)).toContain('two/tenants-prod');
    expect(declared(now)).not.toContain('two/tenants-prod');
    expect(declared(now)).toContain('two/tenants-common');
  });

  it('never does without what only leads there, for then nothing would be waited for', () => {
    expect(declared(stillDeclared(thePlan, later(/kustomization-mgmt/), clusters))).toContain(
      'flux-system/mgmt',
    );
  });

  it('stays as it is on a management cluster that nobody knows any more', () => {
    expect(stillDeclared(thePlan, later(/two\/kustomization-prod/), [])).toEqual(thePlan);
  });
});

describe('all management clusters', () => {
  const other = 'providers/azure/v1/mgmt/namespaced/flux-system/kustomization-mgmt.yaml';
  const both = samplePlatform({
    [other]: sampleFiles['providers/aws/v1/mgmt/namespaced/flux-system/kustomization-mgmt.yaml'] ?? '',
  });

  it('are those of the policy and those that it forgets, which the current context never reaches', () => {
    const named = policyOf('clusters: [{ name: aws-v1-mgmt, provider: aws, version: v1 }]');
    expect(allManagementClusters(named, both).map(({ name, isOnly }) => [name, isOnly])).toEqual([
      ['aws-v1-mgmt', true],
      ['azure-v1-mgmt', false],
    ]);
  });

  it('name each folder once, whatever the policy calls it', () => {
    const named = policyOf('clusters: [{ name: mine, provider: aws, version: v1 }]');
    expect(allManagementClusters(named, samplePlatform()).map(({ name }) => name)).toEqual(['mine']);
  });

  it('are those of the folders where the policy names none', () => {
    expect(allManagementClusters(policyOf(), both).map(({ name }) => name)).toEqual([
      'aws-v1-mgmt',
      'azure-v1-mgmt',
    ]);
  });
});
