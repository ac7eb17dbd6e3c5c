/** A repository's files: path -> text. */
export type Files = Readonly<Record<string, string>>;

const REPOSITORY_URL = 'ssh://git@git.sandbox.example/sandbox-org/platform';

/** A Flux source that follows a branch or a tag of the platform repository. */
export function gitRepository(name: string, ref: { branch: string } | { tag: string }): string {
  const [kind, value] = 'branch' in ref ? ['branch', ref.branch] : ['tag', ref.tag];
  return `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 1m
  url: ${REPOSITORY_URL}
  ref:
    ${kind}: ${value}
  secretRef:
    name: platform-deploy-key
`;
}

export interface KustomizationSpec {
  readonly name: string;
  readonly namespace: string;
  readonly path: string;
  readonly source: 'main' | 'release';
  /** The workload cluster whose kubeconfig is used; the management cluster itself when left out. */
  readonly cluster?: string;
}

/** A Flux Kustomization that applies one folder of the repository to one cluster. */
export function kustomization(spec: KustomizationSpec): string {
  const kubeConfig = spec.cluster
    ? `  kubeConfig:
    secretRef:
      name: ${spec.cluster}-kubeconfig
`
    : '';
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${spec.name}
  namespace: ${spec.namespace}
spec:
  interval: 5m
  path: ./${spec.path}
  prune: true
  wait: true
  timeout: 3m
  sourceRef:
    kind: GitRepository
    name: ${spec.source}
    namespace: flux-system
${kubeConfig}`;
}

export function namespace(name: string, labels: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries(labels).map(([key, value]) => `    ${key}: ${value}\n`);
  return `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
${lines.length > 0 ? `  labels:\n${lines.join('')}` : ''}`;
}
