import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { kubeconfig } from '../../../sandbox/kubernetes/kubeconfig.ts';
import { eventually } from '../../support/eventually.ts';
import { ApiServer } from './support/api-server.ts';

const PLACE = {
  group: 'kustomize.toolkit.fluxcd.io',
  version: 'v1',
  plural: 'kustomizations',
} as const;

/** What the generic client answers is typed by nobody. */
interface List {
  readonly metadata: {
    readonly _continue?: string;
    readonly continue?: string;
    readonly resourceVersion: string;
  };
  readonly items: readonly { readonly metadata: { readonly name: string } }[];
}

describe('the ordinary client of Kubernetes', () => {
  let api: ApiServer;
  let directory: string;
  let config: import('@kubernetes/client-node').KubeConfig;
  let client: typeof import('@kubernetes/client-node');

  beforeAll(async () => {
    api = await ApiServer.start();
    for (let at = 0; at < 25; at += 1) api.kustomization(`k-${String(at).padStart(2, '0')}`);
    directory = await mkdtemp(path.join(tmpdir(), 'kubeconfig-'));
    const file = path.join(directory, 'config');
    const entries = [{ name: 'aws-v1', server: api.url, token: api.cluster.tokens.bot }];
    await writeFile(file, kubeconfig(entries));
    client = await import('@kubernetes/client-node');
    config = new client.KubeConfig();
    config.loadFromFile(file);
  }, 60_000);

  afterAll(async () => {
    await api.close();
    await rm(directory, { recursive: true });
  });

  it('finds the cluster as a context of its name', () => {
    expect(config.getContexts().map(({ name }) => name)).toEqual(['aws-v1-mgmt']);
    expect(config.getCurrentContext()).toBe('aws-v1-mgmt');
  });

  it('lists in pages', async () => {
    const custom = config.makeApiClient(client.CustomObjectsApi);
    const names: string[] = [];
    let next: string | undefined;
    let pages = 0;
    do {
      const more = next === undefined ? {} : { _continue: next };
      const page = (await custom.listClusterCustomObject({ ...PLACE, limit: 10, ...more })) as List;
      names.push(...page.items.map(({ metadata }) => metadata.name));
      next = page.metadata.continue;
      pages += 1;
    } while (next);
    expect(pages).toBe(3);
    expect(new Set(names).size).toBe(25);
  });

  it('gets one, and a refusal with its code', async () => {
    const custom = config.makeApiClient(client.CustomObjectsApi);
    const one = { ...PLACE, namespace: 'apps', name: 'k-03' };
    expect(await custom.getNamespacedCustomObject(one)).toMatchObject({ metadata: { name: 'k-03' } });
    await expect(custom.getNamespacedCustomObject({ ...one, name: 'none' })).rejects.toMatchObject({
      code: 404,
    });
    await expect(config.makeApiClient(client.CoreV1Api).listNamespace()).rejects.toMatchObject({ code: 403 });
  });

  it('reads events', async () => {
    const list = await config.makeApiClient(client.CoreV1Api).listEventForAllNamespaces();
    expect(list.items).toEqual([]);
  });

  it('patches the annotation that asks for reconciliation', async () => {
    const custom = config.makeApiClient(client.CustomObjectsApi);
    const annotations = { 'reconcile.fluxcd.io/requestedAt': '2026-01-01T00:00:00Z' };
    await custom.patchNamespacedCustomObject(
      { ...PLACE, namespace: 'apps', name: 'k-03', body: { metadata: { annotations } } },
      client.setHeaderOptions('Content-Type', client.PatchStrategy.MergePatch),
    );
    const patched = api.cluster.store.get('kustomizations', 'apps', 'k-03');
    expect(patched?.metadata.annotations).toEqual(annotations);
  });

  it('watches', async () => {
    const seen: string[] = [];
    const watch = new client.Watch(config);
    const url = `/apis/${PLACE.group}/${PLACE.version}/${PLACE.plural}`;
    const stop = await watch.watch(
      url,
      { resourceVersion: String(api.cluster.store.version), allowWatchBookmarks: true },
      (type: string, object: { metadata: { name: string } }) => {
        if (type !== 'BOOKMARK') seen.push(`${type} ${object.metadata.name}`);
      },
      () => undefined,
    );
    api.status('k-04', { observedGeneration: 2 });
    await eventually('the change', () => seen.join() === 'MODIFIED k-04');
    stop.abort();
  });
});
