import { connect } from 'node:net';
import { text } from '../src/door.ts';
import { healthz, metricsDoor, readyz } from '../src/health.ts';
import { createMetrics, noMetrics } from '../src/metrics.ts';
import { createHttpServer, type HttpServer } from '../src/server.ts';
import { keptLog } from './support/quiet-log.ts';

const well = async () => undefined;
const pinned = async () => 'pinned';
const ill = async () => {
  throw new Error('away');
};

describe('the HTTP server', () => {
  let server: HttpServer;
  let url: string;
  let port: number;
  let lines: readonly string[];
  beforeEach(async () => {
    const kept = keptLog();
    lines = kept.lines;
    server = createHttpServer({ log: kept.log, metrics: noMetrics, soon: () => ['/later'] });
    port = await server.listen('127.0.0.1', 0);
    url = `http://127.0.0.1:${port}`;
    server.open({
      method: 'POST',
      path: '/echo',
      maxBytes: 1_000,
      handle: async ({ body }) => text(200, body.toString('utf8')),
    });
  });
  afterEach(() => server.close(200));

  it('gives a door the raw body', async () => {
    const answer = await fetch(`${url}/echo?x=1`, { method: 'POST', body: 'päßt' });
    expect([answer.status, await answer.text()]).toEqual([200, 'päßt']);
  });

  it('answers 404 for what it does not know, 405 for another method, 503 for a door that opens later', async () => {
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
    expect((await fetch(`${url}/echo`)).status).toBe(405);
    expect((await fetch(`${url}/later`, { method: 'POST' })).status).toBe(503);
  });

  it('refuses a body that says it is too long', async () => {
    expect((await fetch(`${url}/echo`, { method: 'POST', body: 'x'.repeat(1_001) })).status).toBe(413);
  });

  it('refuses a body that turns out to be too long', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n');
    socket.write(`5DC\r\n${'x'.repeat(1_500)}\r\n`);
    const answer = await new Promise<string>((resolve) =>
      socket.once('data', (data) => resolve(String(data))),
    );
    socket.destroy();
    expect(answer).toMatch(/^HTTP\/1\.1 413/);
  });

  it('answers 500 when a door fails, and tells nothing of the failure', async () => {
    server.open({
      method: 'GET',
      path: '/bad',
      maxBytes: 0,
      handle: () => Promise.reject(new Error('inner detail')),
    });
    const answer = await fetch(`${url}/bad`);
    expect([answer.status, await answer.text()]).toEqual([500, 'failed']);
    expect(lines.join('')).toContain('inner detail');
  });

  it('finishes the request under way when it closes', async () => {
    let release: (() => void) | undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    server.open({
      method: 'GET',
      path: '/slow',
      maxBytes: 0,
      handle: async () => held.then(() => text(200, 'done')),
    });
    const answer = fetch(`${url}/slow`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closed = server.close(5_000);
    release?.();
    expect(await (await answer).text()).toBe('done');
    await closed;
    await expect(fetch(`${url}/echo`)).rejects.toThrow();
  });
});

const request = (headers: Record<string, string> = {}) => ({ headers, body: Buffer.alloc(0) });

describe('the health endpoints', () => {
  it('say ok as soon as the process runs', async () => {
    expect(await healthz.handle(request())).toMatchObject({ status: 200, body: 'ok' });
  });

  it('say ready only when all three systems answer and the start is through', async () => {
    const ask = async (checks: Parameters<typeof readyz>[0], started = true) => {
      const { status, body } = await readyz(checks, () => started, pinned).handle(request());
      return { status, ...JSON.parse(body ?? '') };
    };
    const all = { redis: well, slack: well, github: well };
    expect(await ask(all)).toEqual({
      status: 200,
      ready: true,
      redis: true,
      slack: true,
      github: true,
      approvalRule: 'pinned',
    });
    expect(await ask(all, false)).toMatchObject({ status: 503, ready: false });
    for (const name of ['redis', 'slack', 'github'] as const) {
      expect(await ask({ ...all, [name]: ill })).toMatchObject({ status: 503, ready: false, [name]: false });
    }
  });

  it('are ready without the rule that requires approvals, and name it', async () => {
    const all = { redis: well, slack: well, github: well };
    const rules = { missing: async () => 'missing', unreadable: ill };
    const missing = await readyz(all, () => true, rules.missing).handle(request());
    expect(missing.status).toBe(200);
    expect(JSON.parse(missing.body ?? '')).toMatchObject({ ready: true, approvalRule: 'missing' });
    const unreadable = await readyz(all, () => true, rules.unreadable).handle(request());
    expect(JSON.parse(unreadable.body ?? '')).toMatchObject({ ready: true, approvalRule: 'unknown' });
  });

  it('do not wait longer than two seconds for a system', async () => {
    const never = () => new Promise(() => undefined);
    const before = Date.now();
    const door = readyz(
      { redis: never, slack: well, github: well },
      () => true,
      () => new Promise(() => undefined),
    );
    const { status, body } = await door.handle(request());
    expect(JSON.parse(body ?? '')).toMatchObject({ approvalRule: 'unknown' });
    expect(status).toBe(503);
    expect(Date.now() - before).toBeLessThan(3_000);
  });

  it('call out once in five seconds, however often they are asked', async () => {
    let calls = 0;
    let now = 0;
    const redis = async () => {
      calls += 1;
    };
    const door = readyz(
      { redis, slack: well, github: well },
      () => true,
      pinned,
      () => now,
    );
    for (now = 0; now < 4_900; now += 100) await door.handle(request());
    expect(calls).toBe(1);
    now = 5_000;
    await door.handle(request());
    expect(calls).toBe(2);
  });
});

describe('the metrics', () => {
  it('are hidden without a token configured', async () => {
    expect((await metricsDoor(noMetrics, undefined).handle(request())).status).toBe(404);
  });

  it('are for whoever knows the token', async () => {
    const metrics = await createMetrics();
    metrics.countJob('sweep', 'done', 12);
    metrics.countRequest('github', 200, 3);
    const door = metricsDoor(metrics, 'a-long-sample-token');
    expect((await door.handle(request())).status).toBe(401);
    expect((await door.handle(request({ authorization: 'Bearer a-long-sample-tokem' }))).status).toBe(401);
    const answer = await door.handle(request({ authorization: 'Bearer a-long-sample-token' }));
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('trunkline_job_seconds_count{job="sweep",outcome="done"} 1');
    expect(answer.body).toContain('trunkline_requests_total{door="github",status="200"} 1');
  });
});
