import type { OpenRequest, Snapshot } from '../../jobs/ports.ts';
import type { FormValues } from '../../src/domain/form/values.ts';
import type { CommitSha, RepoName } from '../../src/domain/ids.ts';
import type { PlatformFiles } from '../../src/domain/platform.ts';

export const REPO = 'acme/platform' as RepoName;
export const BASE = 'b'.repeat(40) as CommitSha;

const MGMT = 'providers/aws/v1/mgmt/namespaced';

function source(name: string, ref: string): string {
  return `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 5m
  ref:
    ${ref}
  url: https://git.example/acme/platform
`;
}

function kustomization(cluster: string, name: string, path: string, from: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: ${cluster}
spec:
  interval: 5m
  path: ./${path}
  prune: true
  sourceRef:
    kind: GitRepository
    name: ${from}
    namespace: flux-system
  kubeConfig:
    secretRef:
      name: ${cluster}-kubeconfig
`;
}

/** A small platform repository with one tenant, `old`, and the given policy. */
export function samplePlatform(policy?: string): PlatformFiles {
  const texts = new Map([
    [`${MGMT}/flux-system/gitrepository-main.yaml`, source('main', 'branch: main')],
    [`${MGMT}/flux-system/gitrepository-release.yaml`, source('release', 'tag: v0.1.0')],
  ]);
  const environments = { 'non-prod': 'main', prod: 'release' };
  for (const [environment, from] of Object.entries(environments)) {
    const cluster = `${environment}-1`;
    for (const folder of ['common', environment]) {
      const name = `tenants-${folder}`;
      const text = kustomization(cluster, name, `tenants/aws/${folder}`, from);
      texts.set(`${MGMT}/${cluster}/kustomization-${name}.yaml`, text);
    }
  }
  if (policy !== undefined) texts.set('.github/trunkline.yaml', policy);
  const tenants = ['common', 'non-prod', 'prod'].map((folder) => `tenants/aws/${folder}/old/x.yaml`);
  const clusters = ['non-prod', 'prod'].map((one) => `providers/aws/v1/clusters/${one}/${one}-1/x.yaml`);
  return { commit: BASE, defaultBranch: 'main', paths: [...texts.keys(), ...tenants, ...clusters], texts };
}

/** A snapshot of it. */
export function sampleSnapshot(policy?: string, openRequests: readonly OpenRequest[] = []): Snapshot {
  return { repo: REPO, files: samplePlatform(policy), openRequests, openPulls: [], readAt: 0 };
}

/** A form that is filled in as it should be. */
export function completeForm(over: Partial<FormValues> = {}): FormValues {
  return {
    name: 'shop',
    clouds: ['aws'],
    environments: ['non-prod', 'prod'],
    size: 'small',
    requestsMemory: '',
    limitsMemory: '',
    requestsCpu: '',
    limitsCpu: '',
    access: {},
    groups: {},
    owner: 'Team Shop',
    contact: '#team-shop',
    reach: ['same-namespace', 'ingress'],
    ports: '',
    labels: {},
    purpose: 'Sells things.',
    ...over,
  };
}
