import { ApiServer } from './support/api-server.ts';

const KUSTOMIZE = '/apis/kustomize.toolkit.fluxcd.io';
const ALL = `${KUSTOMIZE}/v1/kustomizations`;

describe("reading a cluster's API", () => {
  let api: ApiServer;

  beforeEach(async () => {
    api = await ApiServer.start();
    for (const name of ['a', 'b', 'c', 'd', 'e']) api.kustomization(name);
    api.kustomization('other', { namespace: 'other', labels: { tier: 'gold' } });
  });

  afterEach(() => api.close());

  const names = (body: { items: { metadata: { name: string } }[] }) =>
    body.items.map(({ metadata }) => metadata.name);

  it('is told which groups, versions and kinds there are', async () => {
    const { body } = await api.ask('/apis');
    expect(body.groups.map(({ name }: { name: string }) => name)).toEqual([
      'kustomize.toolkit.fluxcd.io',
      'source.toolkit.fluxcd.io',
      'helm.toolkit.fluxcd.io',
      'cluster.x-k8s.io',
    ]);
    const list = await api.ask(`${KUSTOMIZE}/v1`);
    expect(list.body.resources[0]).toMatchObject({
      name: 'kustomizations',
      kind: 'Kustomization',
      namespaced: true,
    });
    expect((await api.ask('/api/v1')).body.resources.map(({ name }: { name: string }) => name)).toContain(
      'events',
    );
    expect((await api.ask('/version')).body.major).toBe('1');
  });

  it.each<['2.6' | '2.9', string, number]>([
    ['2.6', `${KUSTOMIZE}/v1beta2/kustomizations`, 200],
    ['2.6', `${KUSTOMIZE}/v1beta1/kustomizations`, 200],
    ['2.6', '/apis/source.toolkit.fluxcd.io/v1beta1/gitrepositories', 200],
    ['2.6', '/apis/cluster.x-k8s.io/v1alpha3/clusters', 200],
    ['2.6', '/apis/cluster.x-k8s.io/v1beta2/clusters', 404],
    ['2.9', `${KUSTOMIZE}/v1beta2/kustomizations`, 404],
    ['2.9', '/apis/cluster.x-k8s.io/v1beta1/clusters', 200],
    ['2.9', '/apis/cluster.x-k8s.io/v1alpha3/clusters', 404],
    ['2.9', '/apis/hive.openshift.io/v1/clusterdeployments', 404],
  ])('with Flux %s, %s answers %i', async (flux, path, status) => {
    const other = await ApiServer.start({ flux });
    expect((await other.ask(path)).status).toBe(status);
    await other.close();
  });

  it('gets lists of all namespaces and of one, with the version at which they hold', async () => {
    const { body } = await api.ask(ALL);
    expect(body).toMatchObject({ kind: 'KustomizationList', apiVersion: 'kustomize.toolkit.fluxcd.io/v1' });
    expect(body.metadata.resourceVersion).toBe(String(api.cluster.store.version));
    expect(names(body)).toEqual(['a', 'b', 'c', 'd', 'e', 'other']);
    expect(names((await api.ask(`${KUSTOMIZE}/v1/namespaces/other/kustomizations`)).body)).toEqual(['other']);
  });

  it.each([
    ['labelSelector=tier%3Dgold', ['other']],
    ['labelSelector=tier!%3Dgold', ['a', 'b', 'c', 'd', 'e']],
    ['labelSelector=tier%20in%20(gold,silver)', ['other']],
    ['labelSelector=!tier', ['a', 'b', 'c', 'd', 'e']],
    ['fieldSelector=metadata.name%3Db', ['b']],
  ])('chooses by %s', async (query, expected) => {
    expect(names((await api.ask(`${ALL}?${query}`)).body)).toEqual(expected);
  });

  it('refuses a field that custom resources cannot be chosen by', async () => {
    const { status, body } = await api.ask(`${ALL}?fieldSelector=spec.path%3Da`);
    expect([status, body.reason]).toEqual([400, 'BadRequest']);
  });

  it('gets pages that agree with each other, whatever changes meanwhile', async () => {
    const first = (await api.ask(`${ALL}?limit=2`)).body;
    expect([names(first), first.metadata.remainingItemCount]).toEqual([['a', 'b'], 4]);
    api.cluster.store.delete('kustomizations', 'apps', 'c');
    api.kustomization('bb');
    api.status('d', { observedGeneration: 7 });
    const rest = (await api.ask(`${ALL}?limit=10&continue=${first.metadata.continue}`)).body;
    expect(names(rest)).toEqual(['c', 'd', 'e', 'other']);
    expect(rest.items[1].status.observedGeneration).toBe(1);
    expect(rest.metadata).toEqual({ resourceVersion: first.metadata.resourceVersion });
  });

  it('is refused a page whose list is forgotten (410), with a way to go on', async () => {
    const first = (await api.ask(`${ALL}?limit=2`)).body;
    api.kustomization('bb');
    api.cluster.store.expire();
    const gone = await api.ask(`${ALL}?limit=2&continue=${first.metadata.continue}`);
    expect(gone.status).toBe(410);
    expect(gone.body).toMatchObject({ kind: 'Status', status: 'Failure', reason: 'Expired', code: 410 });
    const on = await api.ask(`${ALL}?continue=${gone.body.metadata.continue}`);
    expect(names(on.body)).toEqual(['bb', 'c', 'd', 'e', 'other']);
  });

  it('can ask for exactly one version, until it is forgotten', async () => {
    const { resourceVersion } = (await api.ask(ALL)).body.metadata;
    api.kustomization('f');
    const exact = `${ALL}?resourceVersion=${resourceVersion}&resourceVersionMatch=Exact`;
    expect(names((await api.ask(exact)).body)).not.toContain('f');
    expect(names((await api.ask(`${ALL}?resourceVersion=${resourceVersion}`)).body)).toContain('f');
    api.cluster.store.expire();
    expect((await api.ask(exact)).status).toBe(410);
    expect((await api.ask(`${ALL}?resourceVersion=999999999`)).status).toBe(504);
    expect((await api.ask(`${ALL}?continue=nonsense`)).status).toBe(400);
  });

  it('gets one object, or a 404 that names it', async () => {
    const { body } = await api.ask(`${KUSTOMIZE}/v1/namespaces/apps/kustomizations/a`);
    expect(body.metadata).toMatchObject({ name: 'a', namespace: 'apps', generation: 1 });
    expect(await api.ask(`${KUSTOMIZE}/v1/namespaces/apps/kustomizations/z`)).toMatchObject({
      status: 404,
      body: {
        reason: 'NotFound',
        message: 'kustomizations.kustomize.toolkit.fluxcd.io "z" not found',
        details: { name: 'z', group: 'kustomize.toolkit.fluxcd.io', kind: 'kustomizations' },
      },
    });
  });

  it('is told in columns when it wants to print', async () => {
    const conditions = [
      { type: 'Ready', status: 'True', reason: 'A', message: 'Applied', lastTransitionTime: '' },
    ];
    api.status('a', { conditions });
    const answer = await fetch(`${api.url}${ALL}?limit=1`, {
      headers: {
        authorization: `Bearer ${api.cluster.tokens.bot}`,
        accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json',
      },
    });
    const body = (await answer.json()) as {
      columnDefinitions: { name: string }[];
      rows: object[];
      metadata: object;
    };
    expect(body.columnDefinitions.map(({ name }) => name)).toEqual(['Name', 'Ready', 'Status', 'Age']);
    expect(body.rows).toMatchObject([
      {
        cells: ['a', 'True', 'Applied', expect.stringMatching(/^\d+s$/)],
        object: { metadata: { namespace: 'apps' } },
      },
    ]);
    expect(body.metadata).toHaveProperty('continue');
  });

  it('answers larger lists compressed, to whoever takes that', async () => {
    for (let at = 0; at < 600; at += 1) api.kustomization(`many-${at}`);
    const { headers, body } = await api.ask(ALL);
    expect(headers.get('content-encoding')).toBe('gzip');
    expect(body.items).toHaveLength(606);
  });
});

describe("the rights at a cluster's API", () => {
  let api: ApiServer;

  beforeAll(async () => {
    api = await ApiServer.start({ lifecycle: ['cluster-api', 'hive'] });
    api.kustomization('a');
  });

  afterAll(() => api.close());

  const named = (plural: string) =>
    plural === 'clusters' ? '/apis/cluster.x-k8s.io/v1beta2' : plural === 'events' ? '/api/v1' : undefined;

  it.each(['clusters', 'events'])('let the bot read %s', async (plural) => {
    expect((await api.ask(`${named(plural)}/${plural}`)).status).toBe(200);
  });

  it.each([
    '/apis/source.toolkit.fluxcd.io/v1/gitrepositories',
    '/apis/helm.toolkit.fluxcd.io/v2/helmreleases',
    '/apis/hive.openshift.io/v1/clusterdeployments',
  ])('let the bot read %s', async (path) => {
    expect((await api.ask(path)).status).toBe(200);
  });

  it.each([
    ['GET', '/api/v1/namespaces', 'list'],
    ['GET', '/api/v1/secrets', 'list'],
    ['GET', '/api/v1/namespaces/apps/secrets/key', 'get'],
    ['PATCH', '/apis/helm.toolkit.fluxcd.io/v2/namespaces/apps/helmreleases/a', 'patch'],
    ['PATCH', '/apis/cluster.x-k8s.io/v1beta2/namespaces/apps/clusters/a', 'patch'],
    ['PATCH', '/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/apps/kustomizations/a/status', 'patch'],
  ])('refuse the bot %s %s', async (method, path, verb) => {
    const type = 'application/merge-patch+json';
    const { status, body } = await api.ask(path, {
      method,
      ...(method === 'PATCH' ? { body: {}, type } : {}),
    });
    expect(status).toBe(403);
    expect(body).toMatchObject({ kind: 'Status', reason: 'Forbidden' });
    expect(body.message).toContain(`cannot ${verb} resource`);
  });

  it('let nobody in without a token, and people with theirs, or with the key in the address', async () => {
    expect(await api.ask('/api', { as: 'stranger' })).toMatchObject({
      status: 401,
      body: { reason: 'Unauthorized' },
    });
    expect((await api.ask('/api/v1/namespaces', { as: 'admin' })).status).toBe(200);
    const byKey = await fetch(`${api.url}~${api.cluster.tokens.admin}/api/v1/namespaces`);
    expect(byKey.status).toBe(200);
    const byWrongKey = await fetch(`${api.url}~wrong/api/v1/namespaces`);
    expect(byWrongKey.status).toBe(401);
  });
});
