/** A kubeconfig with one context, by a token. */
export function kubeconfigText(server: string, token: string, context = 'aws', more: object = {}): string {
  const cluster = server.startsWith('https:') ? { server } : { server, 'insecure-skip-tls-verify': true };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { ...cluster, ...more } }],
    users: [{ name: 'u', user: { token } }],
    contexts: [{ name: context, context: { cluster: 'c', user: 'u' } }],
    'current-context': context,
  });
}
