import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { createGitHub } from '../../../sandbox/github/github.ts';
import { endCleanly } from './core-end.ts';
import { startGitHub, type TestGitHub } from './start-github.ts';

let github: TestGitHub;
let privateKey: KeyObject;
let clock = Date.parse('2026-03-01T12:00:00Z');
beforeEach(async () => {
  github = await startGitHub({ now: () => clock, limits: { contentPerMinute: 3 } });
  privateKey = createPrivateKey(github.site.world.options.app.privateKeyPem);
}, 30_000);

afterEach(() => endCleanly(github));

const jwt = (
  claims: { iss?: string; age?: number; life?: number } = {},
  key?: KeyObject,
): Promise<string> => {
  const now = Math.floor(clock / 1000) - (claims.age ?? 0);
  return new SignJWT({ iat: now, exp: now + (claims.life ?? 600), iss: claims.iss ?? '1001' })
    .setProtectedHeader({ alg: 'RS256' })
    .sign(key ?? privateKey);
};

describe('the App', () => {
  it('is who its JWT says, and finds its installation', async () => {
    expect((await github.call('GET', '/app', undefined, await jwt())).body.slug).toBe('trunkline');
    expect((await github.call('GET', 'r/installation', undefined, await jwt())).body.id).toBe(2002);
    expect((await github.call('GET', '/app/installations', undefined, await jwt())).body).toHaveLength(1);
  });

  it('is refused with another key, another id, an old or a long-lived JWT', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const tokens = [jwt({}, other), jwt({ iss: '9' }), jwt({ age: 700 }), jwt({ life: 3600 })];
    for (const token of await Promise.all(tokens)) {
      expect((await github.call('GET', '/app', undefined, token)).status).toBe(401);
    }
    expect((await github.call('GET', '/app')).status).toBe(401);
    expect((await github.call('GET', 'r', undefined, 'ghs_nonsense')).body.message).toBe('Bad credentials');
  });

  it('gets installation tokens that end after an hour', async () => {
    const made = await github.call('POST', '/app/installations/2002/access_tokens', {}, await jwt());
    expect(made.body.token).toMatch(/^ghs_/);
    expect(made.body.expires_at).toBe(github.site.world.iso(clock + 3_600_000));
    expect((await github.call('GET', 'r', undefined, made.body.token)).status).toBe(200);
    clock += 3_600_001;
    expect((await github.call('GET', 'r', undefined, made.body.token)).status).toBe(401);
  });

  it('may be given less than it has, and never more', async () => {
    const path = '/app/installations/2002/access_tokens';
    const less = await github.call('POST', path, { permissions: { contents: 'read' } }, await jwt());
    const refused = await github.call(
      'POST',
      'r/git/refs',
      { ref: 'refs/heads/x', sha: '0' },
      less.body.token,
    );
    expect(refused).toMatchObject({
      status: 403,
      body: { message: 'Resource not accessible by integration' },
    });
    const more = await github.call('POST', path, { permissions: { administration: 'write' } }, await jwt());
    expect(more.status).toBe(422);
  });

  it('loses its tokens at once on demand', async () => {
    github.site.expireTokens();
    expect((await github.call('GET', 'r')).status).toBe(401);
  });
});

describe('people', () => {
  it('do what their role allows', async () => {
    const ref = {
      ref: 'refs/heads/x',
      sha: (await github.call('GET', 'r/git/ref/heads/main')).body.object.sha,
    };
    expect((await github.call('POST', 'r/git/refs', ref, github.person('tess-tenant'))).status).toBe(403);
    expect((await github.call('POST', 'r/git/refs', ref, '')).status).toBe(401);
    expect((await github.call('POST', 'r/git/refs', ref, github.person('pat-platform'))).status).toBe(201);
  });
});

describe('limits', () => {
  it('are shown and counted on every answer', async () => {
    const first = await github.call('GET', 'r');
    const second = await github.call('GET', 'r');
    const left = (answer: { headers: Headers }) => Number(answer.headers.get('x-ratelimit-remaining'));
    expect(left(first) - left(second)).toBe(1);
    expect(second.headers.get('x-ratelimit-limit')).toBe('5000');
    expect(second.headers.get('date')).toBe(new Date(clock).toUTCString());
  });

  it('refuse content created too fast, and say when to come back', async () => {
    const send = () => github.call('POST', 'r/pulls', { title: 't', head: 'none', base: 'main' });
    for (let count = 0; count < 3; count += 1) expect((await send()).status).toBe(422);
    const refused = await send();
    expect(refused.status).toBe(403);
    expect(refused.headers.get('retry-after')).toBe('60');
    clock += 60_000;
    expect((await send()).status).toBe(422);
  });
});

describe('the hourly budget', () => {
  it('refuses with 403 and nothing remaining, until it is new', async () => {
    const small = await startGitHub({ now: () => clock, limits: { core: 2 } });
    await small.call('GET', 'r');
    await small.call('GET', 'r');
    const refused = await small.call('GET', 'r');
    expect(refused.body.message).toBe('API rate limit exceeded for installation ID 2002.');
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
    clock += 3_600_000;
    const { token } = small.site.world.tokens.issue({ metadata: 'read' });
    expect((await small.call('GET', 'r', undefined, token)).status).toBe(200);
    await endCleanly(small);
  });
});

describe('faults', () => {
  const refs = async () =>
    (await github.call('GET', 'r/git/matching-refs/heads/', undefined, github.person('pat-platform'))).body;
  const send = async (ref: string) => {
    const sha = (await refs()).find((each: { ref: string }) => each.ref === 'refs/heads/main').object.sha;
    return github.call('POST', 'r/git/refs', { ref, sha });
  };

  it('answer an error with nothing done, or though it is done', async () => {
    const { faults } = github.site.world.options;
    faults.add({
      service: 'github',
      on: 'call',
      match: 'POST .*/git/refs',
      effect: { kind: 'error', status: 500 },
    });
    expect((await send('refs/heads/a')).status).toBe(500);
    faults.add({
      service: 'github',
      on: 'call',
      match: 'POST .*/git/refs',
      effect: { kind: 'error-after-doing', status: 502 },
    });
    expect((await send('refs/heads/b')).status).toBe(502);
    expect((await refs()).map((each: { ref: string }) => each.ref)).toEqual([
      'refs/heads/b',
      'refs/heads/main',
    ]);
    expect(faults.calls().map((call) => [call.name, call.phase])).toEqual([
      ['POST /repos/sandbox-org/platform/git/refs', 'answered'],
      ['POST /repos/sandbox-org/platform/git/refs', 'answered'],
    ]);
  });

  it('show the bot an old state while people and writes see the true one', async () => {
    github.site.setStaleReads(20_000);
    await send('refs/heads/a');
    expect((await github.call('GET', 'r/git/ref/heads/a')).status).toBe(404);
    expect(
      (await github.call('GET', 'r/git/ref/heads/a', undefined, github.person('pat-platform'))).status,
    ).toBe(200);
    expect((await send('refs/heads/a')).body.message).toBe('Reference already exists');
    clock += 20_000;
    expect((await github.call('GET', 'r/git/ref/heads/a')).status).toBe(200);
  });

  it('lose, repeat and delay webhooks', async () => {
    const { faults } = github.site.world.options;
    faults.add({ service: 'github', on: 'delivery', match: '^create$', effect: { kind: 'drop' } });
    faults.add({ service: 'github', on: 'delivery', match: '^push$', effect: { kind: 'repeat', times: 4 } });
    await send('refs/heads/a');
    const hooks = (await github.newHooks()).filter((hook) => hook.name === 'push' || hook.name === 'create');
    expect(hooks.map((hook) => hook.name)).toEqual(['push', 'push', 'push', 'push']);
    expect(new Set(hooks.map((hook) => hook.headers['x-github-delivery'])).size).toBe(1);
  });
});

describe('a kept sandbox', () => {
  it('goes on where it ended', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'sandbox-keep-'));
    const options = { ...github.site.world.options, dir, keep: true };
    const first = await createGitHub(options);
    const main = first.world.state.refs.get('refs/heads/main') ?? '';
    await first.close();
    const second = await createGitHub({
      ...options,
      seed: { kind: 'files', files: { 'other.txt': 'never read' } },
    });
    expect(second.world.state.refs.get('refs/heads/main')).toBe(main);
    expect(JSON.stringify(second.world.state)).toBe(JSON.stringify(first.world.state));
    await second.close();
    await rm(dir, { recursive: true });
  });
});
