import { stringify } from 'yaml';

const MGMT = 'providers/aws/v1/mgmt';
const URL = 'ssh://git@git.example/acme/platform';

export function namespace(name: string): string {
  return stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
}

export function configMap(
  name: string,
  data: Readonly<Record<string, string>> = {},
  inNamespace = 'apps',
): string {
  return stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: inNamespace }, data });
}

export function source(name: string, ref: object, more: object = {}): string {
  return stringify({
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name, namespace: 'flux-system' },
    spec: { interval: '1h', url: URL, ref, ...more },
  });
}

export function kustomization(name: string, spec: object = {}, more: object = {}): string {
  return stringify({
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: 'flux-system', ...more },
    spec: {
      interval: '1h',
      path: `./apps/${name}`,
      prune: true,
      sourceRef: { kind: 'GitRepository', name: 'main' },
      ...spec,
    },
  });
}

/** A repository of one management cluster that applies its own folder from `main`, with these files in it besides. */
export function platform(
  inMgmt: Readonly<Record<string, string>>,
  elsewhere: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const files = {
    'main.yaml': source('main', { branch: 'main' }),
    'mgmt.yaml': kustomization('mgmt', { path: `./${MGMT}` }),
    ...inMgmt,
  };
  return {
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`${MGMT}/${name}`, text])),
    ...elsewhere,
  };
}

export { MGMT };
