import { ApiServer } from './support/api-server.ts';

const ONE = '/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/apps/kustomizations/one';
const MERGE = 'application/merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';
const REQUEST = 'reconcile.fluxcd.io/requestedAt';
const ASK = { metadata: { annotations: { [REQUEST]: '2026-01-01T00:00:00Z' } } };

describe("changing objects by a cluster's API", () => {
  let api: ApiServer;

  beforeEach(async () => {
    api = await ApiServer.start();
    api.kustomization('one');
  });

  afterEach(() => api.close());

  const patch = (body: unknown, type = MERGE, as: 'bot' | 'admin' = 'bot', path = ONE) =>
    api.ask(path, { method: 'PATCH', body, type, as });

  it('asks for reconciliation by one annotation; the version grows, the generation does not', async () => {
    const before = Number(api.cluster.store.get('kustomizations', 'apps', 'one')?.metadata.resourceVersion);
    const { status, body } = await patch(ASK);
    expect(status).toBe(200);
    expect(body.metadata.annotations).toEqual(ASK.metadata.annotations);
    expect(Number(body.metadata.resourceVersion)).toBeGreaterThan(before);
    expect(body.metadata.generation).toBe(1);
  });

  it('changes nothing, not even the version, when the patch says what is there', async () => {
    const first = await patch(ASK);
    const second = await patch(ASK);
    expect(second.body.metadata.resourceVersion).toBe(first.body.metadata.resourceVersion);
  });

  it('takes a JSON patch as well', async () => {
    const add = { op: 'add', path: '/metadata/annotations', value: { [REQUEST]: 'now' } };
    const replace = {
      op: 'replace',
      path: `/metadata/annotations/${REQUEST.replace('/', '~1')}`,
      value: 'later',
    };
    expect((await patch([add, replace], JSON_PATCH)).body.metadata.annotations).toEqual({
      [REQUEST]: 'later',
    });
  });

  it('counts a new generation with a new spec', async () => {
    const { body } = await patch({ spec: { suspend: true } }, MERGE, 'admin');
    expect(body).toMatchObject({ metadata: { generation: 2 }, spec: { suspend: true } });
  });

  it('keeps status and the rest apart', async () => {
    const main = await patch({ status: { observedGeneration: 9 } }, MERGE, 'admin');
    expect(main.body.status).toEqual({ observedGeneration: 1 });
    const both = { status: { observedGeneration: 9 }, spec: { suspend: true } };
    const sub = await patch(both, MERGE, 'admin', `${ONE}/status`);
    expect(sub.body.status).toEqual({ observedGeneration: 9 });
    expect(sub.body.spec).not.toHaveProperty('suspend');
  });

  it('only tries it out with dryRun', async () => {
    const { body } = await patch(ASK, MERGE, 'bot', `${ONE}?dryRun=All`);
    expect(body.metadata.annotations).toEqual(ASK.metadata.annotations);
    expect(api.cluster.store.get('kustomizations', 'apps', 'one')?.metadata.annotations).toBeUndefined();
  });

  it('refuses when the object has changed since the version that the patch names (409)', async () => {
    const resourceVersion = '1';
    const { status, body } = await patch({ metadata: { ...ASK.metadata, resourceVersion } });
    expect(status).toBe(409);
    expect(body).toMatchObject({ reason: 'Conflict', details: { name: 'one' } });
  });

  it.each([
    [[{ op: 'test', path: '/spec/interval', value: '9m' }], JSON_PATCH, 422, 'Invalid'],
    [[{ op: 'remove', path: '/spec/nothing' }], JSON_PATCH, 422, 'Invalid'],
    [{ op: 'add' }, JSON_PATCH, 400, 'BadRequest'],
    [{ metadata: { name: 'two' } }, MERGE, 400, 'BadRequest'],
    [{ metadata: { annotations: { a: 1 } } }, MERGE, 422, 'Invalid'],
    [{}, 'application/strategic-merge-patch+json', 415, 'UnsupportedMediaType'],
  ])('refuses %j as %s with %i', async (body, type, status, reason) => {
    expect(await patch(body, type)).toMatchObject({ status, body: { kind: 'Status', reason } });
  });

  it('says 404 for what is not there, 405 for what cannot be done, 403 once the right is taken', async () => {
    expect((await patch(ASK, MERGE, 'bot', `${ONE}x`)).status).toBe(404);
    expect((await api.ask(ONE, { method: 'DELETE' })).status).toBe(405);
    api.cluster.botMayPatch = false;
    expect((await patch(ASK)).status).toBe(403);
  });

  it('patches a beta without losing what only the newer version has', async () => {
    const old = await ApiServer.start({ flux: '2.6' });
    old.kustomization('one');
    old.status('one', { observedGeneration: 1, history: [{ digest: 'a' }] });
    const beta = ONE.replace('/v1/', '/v1beta2/');
    const { body } = await old.ask(beta, { method: 'PATCH', body: ASK, type: MERGE });
    expect(body.apiVersion).toBe('kustomize.toolkit.fluxcd.io/v1beta2');
    const { status, metadata } = old.cluster.store.get('kustomizations', 'apps', 'one') ?? {};
    expect(status).toHaveProperty('history');
    expect(metadata?.annotations).toEqual(ASK.metadata.annotations);
    await old.close();
  });
});
