import { type Files, gitRepository, kustomization, namespace } from './flux.ts';

export type Cloud = 'aws' | 'azure';
export type Environment = 'non-prod' | 'prod';

export interface Cluster {
  readonly cloud: Cloud;
  readonly environment: Environment;
  readonly name: string;
  readonly region: string;
}

export const CLUSTERS = {
  awsNonProd: { cloud: 'aws', environment: 'non-prod', name: 'non-prod-eu-west-1', region: 'eu-west-1' },
  awsProd: { cloud: 'aws', environment: 'prod', name: 'prod-eu-west-1', region: 'eu-west-1' },
  azureNonProd: {
    cloud: 'azure',
    environment: 'non-prod',
    name: 'non-prod-westeurope',
    region: 'westeurope',
  },
  azureProd: { cloud: 'azure', environment: 'prod', name: 'prod-westeurope', region: 'westeurope' },
} as const satisfies Record<string, Cluster>;

const FEATURES = ['access-control', 'ingress-nginx'] as const;

/** What a cloud's management cluster runs before it manages any workload cluster. */
export function managementCluster(cloud: Cloud): Files {
  const flux = `providers/${cloud}/v1/mgmt/namespaced/flux-system`;
  return {
    [`${flux}/gitrepository-main.yaml`]: gitRepository('main', { branch: 'main' }),
    [`${flux}/kustomization-mgmt.yaml`]: kustomization({
      name: 'mgmt',
      namespace: 'flux-system',
      path: `providers/${cloud}/v1/mgmt`,
      source: 'main',
    }),
  };
}

/** The source that production follows, and what the management cluster takes from it. */
export function releaseSource(cloud: Cloud, tag: string): Files {
  const flux = `providers/${cloud}/v1/mgmt/namespaced/flux-system`;
  return {
    [`${flux}/gitrepository-release.yaml`]: gitRepository('release', { tag }),
    [`${flux}/kustomization-feature-access-control.yaml`]: kustomization({
      name: 'feature-access-control',
      namespace: 'flux-system',
      path: 'features/access-control',
      source: 'release',
    }),
  };
}

/** What runs on the clusters of an environment, and on one of them alone. */
export function clusterConfiguration({ cloud, environment, name, region }: Cluster): Files {
  const root = `providers/${cloud}/v1/clusters/${environment}`;
  const common = `${environment}-common`;
  return {
    [`${root}/common/non-namespaced/${common}/namespace.yaml`]: namespace(common),
    [`${root}/common/namespaced/${common}/configmap-environment.yaml`]: configMap(common, {
      environment,
      cloud,
    }),
    [`${root}/${name}/non-namespaced/${name}/namespace.yaml`]: namespace(name),
    [`${root}/${name}/namespaced/${name}/configmap-cluster.yaml`]: configMap(name, { cluster: name, region }),
  };
}

/** A workload cluster and the Kustomizations that fill it; production follows the release, the rest `main`. */
export function clusterDeployment(cluster: Cluster): Files {
  const { cloud, environment, name } = cluster;
  const root = `providers/${cloud}/v1/mgmt`;
  const namespaced = `${root}/namespaced/${name}`;
  const source = environment === 'prod' ? 'release' : 'main';
  const apply = (kustomizationName: string, path: string) =>
    kustomization({ name: kustomizationName, namespace: name, path, source, cluster: name });
  const clusters = `providers/${cloud}/v1/clusters/${environment}`;
  return {
    [`${root}/non-namespaced/${name}/namespace.yaml`]: namespace(name),
    [`${namespaced}/cluster-${cluster.region}.yaml`]: clusterObject(cluster),
    [`${namespaced}/kustomization-common.yaml`]: apply('common', `${clusters}/common`),
    [`${namespaced}/kustomization-${cluster.region}.yaml`]: apply(name, `${clusters}/${name}`),
    ...Object.fromEntries(
      FEATURES.map((feature) => [
        `${namespaced}/kustomization-feature-${feature}.yaml`,
        apply(`feature-${feature}`, `features/${feature}`),
      ]),
    ),
    [`${namespaced}/kustomization-tenants-common.yaml`]: apply('tenants-common', `tenants/${cloud}/common`),
    [`${namespaced}/kustomization-tenants-${environment}.yaml`]: apply(
      `tenants-${environment}`,
      `tenants/${cloud}/${environment}`,
    ),
  };
}

function configMap(namespaceName: string, data: Readonly<Record<string, string>>): string {
  const lines = Object.entries(data).map(([key, value]) => `  ${key}: ${value}\n`);
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: about
  namespace: ${namespaceName}
data:
${lines.join('')}`;
}

function clusterObject({ cloud, environment, name, region }: Cluster): string {
  const topology = cloud === 'aws' ? 'aws-default' : 'azure-default';
  return `apiVersion: cluster.x-k8s.io/v1beta2
kind: Cluster
metadata:
  name: ${name}
  namespace: ${name}
  labels:
    environment: ${environment}
    region: ${region}
spec:
  clusterNetwork:
    pods:
      cidrBlocks: ["10.244.0.0/16"]
    services:
      cidrBlocks: ["10.96.0.0/16"]
  topology:
    classRef:
      name: ${topology}
    version: v1.34.2
    controlPlane:
      replicas: ${environment === 'prod' ? 3 : 1}
    workers:
      machineDeployments:
        - class: default-worker
          name: general
          replicas: ${environment === 'prod' ? 6 : 3}
`;
}
