import { readFile } from 'node:fs/promises';

import { parse } from 'yaml';

import { startWorld, type World } from '../../../sandbox/world.ts';
import { eventually } from '../../support/eventually.ts';

interface Row {
  readonly name: string;
  readonly state: string;
  readonly reason: string;
}

interface View {
  readonly name: string;
  readonly outage?: object;
  readonly sources: readonly { readonly name: string; readonly revision: string }[];
  readonly workloads: readonly {
    readonly name: string;
    readonly lifecycle?: string;
    readonly counts: Readonly<Record<string, number>>;
    readonly kustomizations: readonly Row[];
  }[];
}

describe('the levers of the clusters', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({
      botUrl: 'http://127.0.0.1:9',
      fleet: { timing: { fetchMs: 1, applyMs: 5, longestTimeoutMs: 100 } },
    });
    await world.fleet.ready;
  });

  afterAll(() => world.stop());

  async function control(method: string, path: string, body?: object) {
    const answer = await fetch(`${world.url}/control/fleet${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, body: await answer.json() };
  }

  async function cluster(name = 'aws-v1'): Promise<View> {
    const view = (await control('GET', '')).body as readonly View[];
    const found = view.find((each) => each.name === name);
    if (!found) throw new Error(`there is no ${name}`);
    return found;
  }

  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever its test looks at
  async function asBot(path: string): Promise<any> {
    const token = world.fleet.member(path.split('/')[1] ?? '')?.cluster.tokens.bot;
    const answer = await fetch(`${world.url}/kubernetes${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return answer.json();
  }

  const workload = async (name: string) => (await cluster()).workloads.find((each) => each.name === name);

  it('show every cluster with what it runs', async () => {
    const { sources, workloads } = await cluster();
    expect(sources.map(({ name }) => name)).toEqual(['main', 'release']);
    expect(workloads.map(({ name, lifecycle, counts }) => [name, lifecycle, counts])).toEqual([
      ['', undefined, { applied: 2 }],
      ['non-prod-eu-west-1', 'Provisioned', { applied: 6 }],
      ['prod-eu-west-1', 'Provisioned', { applied: 6 }],
    ]);
  });

  it('give the bot a kubeconfig with one context per cluster, gone at the end', async () => {
    const config = parse(await readFile(world.env['KUBECONFIG'] ?? '', 'utf8'));
    expect(config.contexts.map(({ name }: { name: string }) => name)).toEqual([
      'aws-v1-mgmt',
      'azure-v1-mgmt',
    ]);
    expect(config.clusters[0].cluster.server).toBe(`${world.url}/kubernetes/aws-v1`);
    const other = await startWorld({ botUrl: 'http://127.0.0.1:9' });
    const file = other.env['KUBECONFIG'] ?? '';
    await other.stop();
    await expect(readFile(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('break a whole workload cluster, and mend it', async () => {
    const place = { cluster: 'aws-v1', namespace: 'prod-eu-west-1' };
    expect((await control('POST', '/break', { ...place, how: 'health' })).body).toHaveLength(6);
    await eventually('all fail', async () => (await workload('prod-eu-west-1'))?.counts['failed'] === 6);
    expect((await workload('prod-eu-west-1'))?.kustomizations[0]).toMatchObject({
      state: 'failed',
      reason: 'HealthCheckFailed',
      broken: 'health',
    });
    const chosen = 'fieldSelector=involvedObject.kind%3DKustomization,involvedObject.name%3Dcommon';
    const events = await asBot(`/aws-v1/api/v1/namespaces/prod-eu-west-1/events?${chosen}`);
    expect(events.items).toMatchObject([{ type: 'Warning', reason: 'HealthCheckFailed' }]);
    await control('POST', '/mend', place);
    await eventually('all applied', async () => (await workload('prod-eu-west-1'))?.counts['applied'] === 6);
  });

  it('suspend one, and resume it', async () => {
    const place = { cluster: 'aws-v1', namespace: 'prod-eu-west-1', name: 'common' };
    await control('POST', '/suspend', { ...place, suspend: true });
    expect((await workload('prod-eu-west-1'))?.counts).toEqual({ applied: 5, suspended: 1 });
    await control('POST', '/suspend', { ...place, suspend: false });
    await eventually('resumed', async () => (await workload('prod-eu-west-1'))?.counts['applied'] === 6);
  });

  it('make a cluster unreachable for the bot, and show it', async () => {
    const outage = { kind: 'error', status: 503 };
    await control('POST', '/outage', { cluster: 'azure-v1', outage });
    expect((await cluster('azure-v1')).outage).toEqual(outage);
    const asked = await fetch(`${world.url}/kubernetes/azure-v1/api`, {
      headers: { authorization: `Bearer ${world.fleet.member('azure-v1')?.cluster.tokens.bot}` },
    });
    expect(asked.status).toBe(503);
    await control('POST', '/outage', { cluster: 'azure-v1', outage: null });
    expect((await cluster('azure-v1')).outage).toBeUndefined();
  });

  it('take the right to ask for reconciliation, forget the past, and say how a workload cluster stands', async () => {
    const member = world.fleet.member('aws-v1')?.cluster;
    await control('POST', '/rights', { cluster: 'aws-v1', patch: false });
    expect(member?.botMayPatch).toBe(false);
    await control('POST', '/expire', { cluster: 'aws-v1', how: 'status' });
    expect([member?.store.compacted, member?.expiredByStatus]).toEqual([member?.store.version, true]);
    const place = { cluster: 'aws-v1', namespace: 'prod-eu-west-1', name: 'prod-eu-west-1' };
    await control('POST', '/lifecycle', { ...place, phase: 'Provisioned', available: false });
    await eventually(
      'not available',
      async () => (await workload('prod-eu-west-1'))?.lifecycle === 'Provisioned, not available',
    );
  });

  it.each([
    ['/break', { cluster: 'nowhere', namespace: 'a' }, 404, 'there are aws-v1, azure-v1'],
    ['/break', { cluster: 'aws-v1', namespace: 'nothing' }, 404, 'no Kustomization nothing/*'],
    ['/break', { cluster: 'aws-v1', namespace: 'flux-system', how: 'luck' }, 400, 'how'],
    ['/outage', { cluster: 'aws-v1', outage: { kind: 'error', status: 200 } }, 400, 'outage.status'],
    ['/roll', {}, 409, 'large'],
  ])('say what is wrong with %s %j', async (path, body, status, words) => {
    const answer = await control('POST', path, body);
    expect(answer.status).toBe(status);
    expect((answer.body as { error: string }).error).toContain(words);
  });
});
