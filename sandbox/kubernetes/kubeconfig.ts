import { stringify } from 'yaml';

interface Entry {
  readonly name: string;
  readonly server: string;
  readonly token: string;
}

/**
 * A kubeconfig with one context per cluster, each named after the cluster's folder below `providers/`, such as
 * `aws-v1-mgmt`; the first one is the current one.
 *
 * Clients that refuse plain HTTP take it from those who say that they know what they do.
 */
export function kubeconfig(entries: readonly Entry[]): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: entries.map(({ name, server }) => ({
      name,
      cluster: { server, 'insecure-skip-tls-verify': true },
    })),
    users: entries.map(({ name, token }) => ({ name, user: { token } })),
    contexts: entries.map(({ name }) => ({ name: contextOf(name), context: { cluster: name, user: name } })),
    ...(entries[0] ? { 'current-context': contextOf(entries[0].name) } : {}),
  });
}

function contextOf(cluster: string): string {
  return `${cluster}-mgmt`;
}
