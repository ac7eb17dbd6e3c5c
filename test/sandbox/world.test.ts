import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { startWorld, type World } from '../../sandbox/world.ts';

const run = promisify(execFile);
const NO_BOT = 'http://127.0.0.1:9';

interface State {
  readonly people: readonly {
    readonly handle: string;
    readonly githubLogin: string;
    readonly token: string;
  }[];
  readonly cloneUrl: string;
  readonly staleReadsMs: number;
}

describe('the sandbox as one world', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ botUrl: NO_BOT });
  });

  afterAll(() => world.stop());

  async function control<T = { readonly error: string }>(
    method: string,
    route: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) {
    const response = await fetch(`${world.url}/control${route}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    // Each test knows what it asked for.
    return { status: response.status, body: (await response.json()) as T };
  }

  it('hands the bot every address and secret it needs, and no more', () => {
    expect(Object.keys(world.env).sort()).toEqual([
      'APP_ID',
      'GITHUB_API_URL',
      'KUBECONFIG',
      'LEDGER_KEY',
      'PLATFORM_REPO',
      'PRIVATE_KEY',
      'SLACK_API_URL',
      'SLACK_APP_TOKEN',
      'SLACK_BOT_TOKEN',
      'WEBHOOK_SECRET',
    ]);
    expect(world.env['GITHUB_API_URL']).toBe(`${world.url}/github`);
    expect(world.env['SLACK_API_URL']).toBe(`${world.url}/slack/api/`);
  });

  it('answers as Slack below /slack', async () => {
    const response = await fetch(`${world.env['SLACK_API_URL']}auth.test`, {
      method: 'POST',
      headers: { authorization: `Bearer ${world.env['SLACK_BOT_TOKEN']}` },
    });
    expect(await response.json()).toMatchObject({ ok: true, team: 'Sandbox' });
  });

  it('serves the sample repository with its history as merged pull requests', async () => {
    const { body } = await control<State>('GET', '/state');
    const pat = body.people.find(({ handle }) => handle === 'pat');
    const response = await fetch(
      `${world.url}/github/repos/sandbox-org/platform/pulls?state=closed&per_page=100`,
      {
        headers: { authorization: `Bearer ${pat?.token}` },
      },
    );
    const pulls = (await response.json()) as readonly { number: number; merged_at: string | null }[];
    expect(pulls.map(({ number }) => number)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(pulls.every(({ merged_at: mergedAt }) => mergedAt !== null)).toBe(true);
  });

  it('lets people clone with git', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'clone-'));
    const { body } = await control<State>('GET', '/state');
    const pat = body.people.find(({ handle }) => handle === 'pat');
    const url = body.cloneUrl.replace('://', `://${pat?.githubLogin}:${pat?.token}@`);
    await run('git', ['clone', '--quiet', url, directory]);
    const { stdout } = await run('git', ['-C', directory, 'describe', '--tags', 'HEAD']);
    expect(stdout).toMatch(/^v0\.1\.0-4-g/);
    await rm(directory, { recursive: true });
  });

  it('sends a browser that follows a link to GitHub to its own page', async () => {
    const response = await fetch(`${world.url}/github/sandbox-org/platform/pull/7/files`, {
      redirect: 'manual',
      headers: { accept: 'text/html' },
    });
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('/#/pull/7/files');
  });

  it('takes faults, lists them, and clears them', async () => {
    const fault = {
      service: 'slack',
      on: 'call',
      match: 'chat\\.postMessage',
      effect: { kind: 'error', status: 429, retryAfter: 2, code: 'ratelimited' },
      times: 2,
    };
    expect(await control('POST', '/faults', fault)).toMatchObject({
      status: 200,
      body: { ...fault, left: 2 },
    });
    expect((await control('GET', '/faults')).body).toHaveLength(1);
    await control('DELETE', '/faults');
    expect((await control('GET', '/faults')).body).toEqual([]);
  });

  it.each([
    ['{', 'the body is not JSON'],
    [{ service: 'mail', on: 'call', effect: { kind: 'timeout' } }, 'service'],
    [{ service: 'slack', on: 'call', effect: { kind: 'drop' } }, 'effect.kind'],
    [{ service: 'slack', on: 'delivery', effect: { kind: 'repeat' } }, 'effect.times'],
    [
      { service: 'slack', on: 'call', match: '(', effect: { kind: 'timeout' } },
      'match: is not a regular expression',
    ],
    [{ service: 'slack', on: 'call', effect: { kind: 'error', status: 200 } }, 'effect.status'],
  ])('says what is wrong with a fault (%j)', async (fault, problem) => {
    const answer = await control('POST', '/faults', fault);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain(problem);
  });

  it('names its paths and methods when asked for others', async () => {
    expect(await control('GET', '/nothing')).toMatchObject({ status: 404 });
    expect(await control('POST', '/calls', {})).toMatchObject({
      status: 405,
      body: { error: '/calls takes GET' },
    });
  });

  it('refuses the levers to web pages from elsewhere', async () => {
    const answer = await control('POST', '/cut-sockets', {}, { origin: 'https://elsewhere.example' });
    expect(answer.status).toBe(403);
  });

  it('logs what the bot calls', async () => {
    const calls = (await control<readonly { id: number; name: string }[]>('GET', '/calls?service=slack'))
      .body;
    expect(calls.map(({ name }) => name)).toContain('auth.test');
    expect((await control('GET', `/calls?after=${calls.at(-1)?.id}`)).body).toEqual([]);
    expect((await control('GET', '/calls?last=1')).body).toHaveLength(1);
    expect(await control('GET', '/calls?last=0')).toMatchObject({ status: 400 });
  });

  it('pulls the levers', async () => {
    expect(await control('POST', '/cut-sockets')).toMatchObject({ status: 200 });
    expect(await control('POST', '/expire-tokens')).toMatchObject({ status: 200 });
    expect(await control('POST', '/stale-reads', { ms: 5000 })).toMatchObject({
      status: 200,
      body: { ms: 5000 },
    });
    expect((await control<State>('GET', '/state')).body.staleReadsMs).toBe(5000);
    expect(await control('POST', '/stale-reads', { ms: 'long' })).toMatchObject({ status: 400 });
    expect(await control('POST', '/stale-reads', { ms: 0 })).toMatchObject({ status: 200 });
    expect(await control('POST', '/redeliver', { delivery: 1 })).toMatchObject({ status: 404 });
  });

  it('says so when the port is taken', async () => {
    const { port } = new URL(world.url);
    await expect(startWorld({ botUrl: NO_BOT, port: Number(port) })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});

describe('webhooks that the bot missed', () => {
  it('are sent again on request, with the same delivery id', async () => {
    const seen: (string | undefined)[] = [];
    let status = 503;
    const bot = createServer((request, response) => {
      seen.push(String(request.headers['x-github-delivery']));
      request.resume();
      response.writeHead(status).end();
    });
    bot.listen(0, '127.0.0.1');
    await once(bot, 'listening');
    const address = bot.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const world = await startWorld({ botUrl: `http://127.0.0.1:${port}` });
    const token = world.github.personalTokens.get('pat-platform');
    await fetch(`${world.url}/github/repos/sandbox-org/platform/issues/12/comments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ body: 'Is it live?' }),
    });
    await world.github.idle();
    const first = [...seen];
    expect(first.length).toBeGreaterThan(0);
    status = 200;
    await fetch(`${world.url}/control/redeliver`, { method: 'POST' });
    await world.github.idle();
    expect(seen.slice(first.length).sort()).toEqual(first.sort());
    await world.stop();
    bot.close();
  });
});

describe('a kept world', () => {
  it('goes on where it stopped', async () => {
    const keep = await mkdtemp(path.join(tmpdir(), 'keep-'));
    const first = await startWorld({ botUrl: NO_BOT, keep });
    const { ledger, app } = { ledger: first.env['LEDGER_KEY'], app: first.env['PRIVATE_KEY'] };
    await first.slack.client.message({ as: 'U0TENANT01', channel: 'C0GENERAL1', text: 'still here?' });
    await first.stop();
    const second = await startWorld({ botUrl: NO_BOT, keep });
    const messages = second.slack.client.messages('U0TENANT01', 'C0GENERAL1');
    await second.stop();
    expect(second.env['LEDGER_KEY']).toBe(ledger);
    expect(second.env['PRIVATE_KEY']).toBe(app);
    expect(messages.map(({ text }) => text)).toContain('still here?');
    await rm(keep, { recursive: true });
  });
});
