import { eventually } from '../../support/eventually.ts';
import { ApiServer, type OpenWatch } from './support/api-server.ts';

const ALL = '/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations';

describe("watching a cluster's API", () => {
  let api: ApiServer;
  const open: OpenWatch[] = [];

  beforeEach(async () => {
    api = await ApiServer.start();
    api.kustomization('one');
  });

  afterEach(async () => {
    for (const watch of open.splice(0)) watch.close();
    await api.close();
  });

  async function watch(query: string, path = ALL): Promise<OpenWatch> {
    const opened = await api.watch(`${path}?watch=true&${query}`);
    open.push(opened);
    return opened;
  }

  const tells = (of: OpenWatch, ...expected: readonly string[]) =>
    eventually(`to be told ${expected}`, () => of.told.join() === expected.join(), 3_000);

  it('begins with all there is when it names no version', async () => {
    const seen = await watch('');
    api.kustomization('two');
    api.status('one', { observedGeneration: 2 });
    api.cluster.store.delete('kustomizations', 'apps', 'two');
    await tells(seen, 'ADDED one', 'ADDED two', 'MODIFIED one', 'DELETED two');
    const versions = seen.events
      .filter(({ type }) => type !== 'BOOKMARK')
      .map(({ object }) => Number(object.metadata.resourceVersion));
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
  });

  it('goes on after the version that it names', async () => {
    const { resourceVersion } = (await api.ask(ALL)).body.metadata;
    api.kustomization('two');
    api.status('one', { observedGeneration: 2 });
    const seen = await watch(`resourceVersion=${resourceVersion}`);
    api.kustomization('three');
    await tells(seen, 'ADDED two', 'MODIFIED one', 'ADDED three');
  });

  it('is only told what it asked for', async () => {
    const seen = await watch('labelSelector=tier%3Dgold', ALL.replace('/v1/', '/v1/namespaces/apps/'));
    api.kustomization('gold', { labels: { tier: 'gold' } });
    api.kustomization('elsewhere', { labels: { tier: 'gold' }, namespace: 'other' });
    api.kustomization('plain');
    const object = api.cluster.store.get('kustomizations', 'apps', 'gold');
    if (object)
      api.cluster.store.replace('kustomizations', {
        ...object,
        metadata: { ...object.metadata, labels: {} },
      });
    await tells(seen, 'ADDED gold', 'DELETED gold');
  });

  it('gets bookmarks when it wants them, and ends after its time with one', async () => {
    const seen = await watch(
      `allowWatchBookmarks=true&timeoutSeconds=0.2&resourceVersion=${api.cluster.store.version}`,
    );
    const version = String(api.cluster.store.version);
    await seen.ended;
    expect(seen.events.length).toBeGreaterThan(2);
    expect(seen.events.at(-1)).toMatchObject({
      type: 'BOOKMARK',
      object: { kind: 'Kustomization', metadata: { resourceVersion: version } },
    });
    const without = await watch(`timeoutSeconds=0.1&resourceVersion=${version}`);
    await without.ended;
    expect(without.events).toEqual([]);
  });

  it('can be a list and a watch in one', async () => {
    const seen = await watch(
      'sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan',
    );
    await tells(seen, 'ADDED one');
    expect(seen.events[1]).toMatchObject({
      type: 'BOOKMARK',
      object: { metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } } },
    });
  });

  it('is told 410 inside the stream when its version is forgotten', async () => {
    const version = api.cluster.store.version;
    api.kustomization('two');
    api.cluster.store.expire();
    const seen = await watch(`resourceVersion=${version}`);
    await seen.ended;
    expect(seen.status).toBe(200);
    expect(seen.events).toMatchObject([
      { type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } },
    ]);
  });

  it('is refused by status 410 where the cluster does it that way', async () => {
    const version = api.cluster.store.version;
    api.kustomization('two');
    api.cluster.expire('status');
    const { status, body } = await api.ask(`${ALL}?watch=1&resourceVersion=${version}`);
    expect([status, body.reason]).toEqual([410, 'Expired']);
  });

  it('is ended by 410 while it is open', async () => {
    const seen = await watch('');
    await tells(seen, 'ADDED one');
    api.cluster.expire('event');
    await seen.ended;
    expect(seen.told).toEqual(['ADDED one', 'ERROR 410']);
  });

  it('says nothing any more on a half-open connection, while lists are answered', async () => {
    const seen = await watch('allowWatchBookmarks=true');
    await tells(seen, 'ADDED one');
    api.cluster.setOutage({ kind: 'half-open' });
    const told = seen.events.length;
    api.kustomization('two');
    const late = await watch('');
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(seen.events).toHaveLength(told);
    expect(late.status).toBe(200);
    expect((await api.ask(ALL)).body.items).toHaveLength(2);
    api.cluster.setOutage(undefined);
    const again = await watch('');
    await tells(again, 'ADDED one', 'ADDED two');
  });
});

describe('a cluster that cannot be reached', () => {
  let api: ApiServer;

  beforeEach(async () => {
    api = await ApiServer.start();
  });

  afterEach(() => api.close());

  it.each([
    [{ kind: 'error', status: 503 } as const, 'ServiceUnavailable'],
    [{ kind: 'error', status: 401 } as const, 'Unauthorized'],
    [{ kind: 'error', status: 429, retryAfter: 3 } as const, 'TooManyRequests'],
  ])('answers as told (%j), but people still get through', async (outage, reason) => {
    api.cluster.setOutage(outage);
    const { status, body, headers } = await api.ask(ALL);
    expect([status, body.reason]).toEqual([outage.status, reason]);
    if (status === 429) expect(headers.get('retry-after')).toBe('3');
    expect((await api.ask(ALL, { as: 'admin' })).status).toBe(200);
    api.cluster.setOutage(undefined);
    expect((await api.ask(ALL)).status).toBe(200);
  });

  it('never answers, and cuts its watches', async () => {
    const seen = await api.watch(`${ALL}?watch=1`);
    api.cluster.setOutage({ kind: 'timeout' });
    await expect(seen.ended).rejects.toThrow();
    const asked = fetch(`${api.url}${ALL}`, {
      headers: { authorization: `Bearer ${api.cluster.tokens.bot}` },
      signal: AbortSignal.timeout(150),
    });
    await expect(asked).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('cuts the connection when it is gone', async () => {
    api.cluster.setOutage({ kind: 'gone' });
    await expect(api.ask(ALL)).rejects.toThrow('fetch failed');
  });

  it('has its calls logged by name, and struck by faults', async () => {
    api.faults.add({
      service: 'kubernetes',
      on: 'call',
      match: 'GET /aws-v1/apis',
      effect: { kind: 'error', status: 500 },
    });
    expect((await api.ask(ALL)).status).toBe(500);
    expect((await api.ask(ALL)).status).toBe(200);
    const watch = await api.watch(`${ALL}?watch=1`);
    watch.close();
    expect(api.faults.calls().map(({ name, status }) => [name, status])).toEqual([
      [`GET /aws-v1${ALL}`, 500],
      [`GET /aws-v1${ALL}`, 200],
      [`WATCH /aws-v1${ALL}`, 200],
    ]);
  });
});
