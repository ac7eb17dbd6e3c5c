import { createGitHubClient, type GitHubClient } from '../../../src/adapters/github/client.ts';
import { createLimiter } from '../../../src/adapters/github/limiter.ts';
import { AmbiguousWriteError, PermanentError, RetryableError } from '../../../src/errors.ts';
import { type Reply, type ScriptedGitHub, startScriptedGitHub } from './scripted-github.ts';

const operation = { query: 'query Sample { viewer { login } }', variables: {} };
const data = { json: { data: { viewer: { login: 'x' } } } };

let github: ScriptedGitHub;
beforeEach(async () => {
  github = await startScriptedGitHub();
});
afterEach(() => github.close());

const calls: Record<'read' | 'write', (client: GitHubClient) => Promise<unknown>> = {
  read: (client) => client.query('o/r', 'read a sample', operation),
  write: (client) => client.mutate('o/r', 'write a sample', operation),
};

async function failure(call: keyof typeof calls, ...replies: Reply[]): Promise<unknown> {
  github.answer(...replies);
  return await calls[call](github.client()).then(
    () => 'no failure',
    (error: unknown) => error,
  );
}

describe('what a failure is taken for', () => {
  const limited = {
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Date.parse('2026-06-01T12:00:42Z') / 1000),
  };
  const table: [string, keyof typeof calls, Reply, object][] = [
    ['500 on a read', 'read', { status: 500 }, { name: 'RetryableError', retryInMs: undefined }],
    ['500 on a write', 'write', { status: 500 }, { name: 'AmbiguousWriteError' }],
    ['502 on a write', 'write', { status: 502 }, { name: 'AmbiguousWriteError' }],
    ['silence on a read', 'read', { instead: 'silence' }, { name: 'RetryableError' }],
    ['silence on a write', 'write', { instead: 'silence' }, { name: 'AmbiguousWriteError' }],
    ['a cut connection on a read', 'read', { instead: 'cut' }, { name: 'RetryableError' }],
    ['a cut connection on a write', 'write', { instead: 'cut' }, { name: 'AmbiguousWriteError' }],
    [
      '429 with Retry-After',
      'write',
      { status: 429, headers: { 'retry-after': '7' } },
      { name: 'RetryableError', retryInMs: 7_000 },
    ],
    [
      '403 with Retry-After',
      'read',
      { status: 403, headers: { 'retry-after': '30' } },
      { name: 'RetryableError', retryInMs: 30_000 },
    ],
    ['429 without Retry-After', 'read', { status: 429 }, { name: 'RetryableError', retryInMs: 60_000 }],
    [
      '403 that names a secondary limit',
      'write',
      { status: 403, json: { message: 'You have exceeded a secondary rate limit.' } },
      { name: 'RetryableError', retryInMs: 60_000 },
    ],
    [
      'the hour used up, by GitHub’s clock',
      'read',
      { status: 403, headers: limited },
      { name: 'RetryableError', retryInMs: 42_000 },
    ],
    [
      'the hour used up, told by GraphQL',
      'read',
      { headers: limited, json: { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] } },
      { name: 'RetryableError', retryInMs: 42_000 },
    ],
    [
      '403 for a missing permission',
      'write',
      { status: 403, json: { message: 'Resource not accessible by integration' } },
      { name: 'PermanentError', code: 'forbidden' },
    ],
    ['404', 'read', { status: 404 }, { name: 'PermanentError', code: 'not-found' }],
    ['422', 'write', { status: 422 }, { name: 'PermanentError', code: 'refused' }],
    ['409', 'write', { status: 409 }, { name: 'PermanentError', code: 'conflict' }],
    ['no GraphQL on a read', 'read', { json: { hello: 'I am a proxy' } }, { name: 'RetryableError' }],
    ['no GraphQL on a write', 'write', { json: { hello: 'I am a proxy' } }, { name: 'AmbiguousWriteError' }],
  ];
  it.each(table)('%s', async (_, call, reply, expected) => {
    expect(await failure(call, reply)).toMatchObject(expected);
    expect(github.seen).toHaveLength(1);
  });

  it('tells what was to be done and what GitHub said', async () => {
    const error = await failure('read', { status: 404, json: { message: 'Not Found' } });
    expect(String(error)).toContain('failed to read a sample: GitHub answered 404 (Not Found');
  });

  it('knows that a write was never sent when nobody listens', async () => {
    const client = github.client();
    await github.close();
    const error = await calls.write(client).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(RetryableError);
    expect(error).not.toBeInstanceOf(AmbiguousWriteError);
    github = await startScriptedGitHub();
  });

  it('takes an installation that cannot be found for what it is', async () => {
    const notFound = Object.assign(new Error('Not Found'), {
      status: 404,
      response: { status: 404, headers: {} },
    });
    const client = createGitHubClient({
      octokitFor: () => Promise.reject(notFound),
      limiter: createLimiter(),
    });
    await expect(calls.write(client)).rejects.toMatchObject({ name: 'PermanentError', code: 'not-found' });
  });
});

describe('a token that is refused in mid-job', () => {
  it('is replaced once, and the call goes through', async () => {
    github.answer({ status: 401 }, data);
    await calls.write(github.client());
    expect(github.seen.map(({ token }) => token)).toEqual(['token sample-1', 'token sample-2']);
  });

  it('is replaced only once; the job comes back later', async () => {
    const error = await failure('write', { status: 401 });
    expect(error).toBeInstanceOf(RetryableError);
    expect(error).not.toBeInstanceOf(AmbiguousWriteError);
    expect(github.seen).toHaveLength(2);
  });

  it('does not hide that the second try is unclear', async () => {
    expect(await failure('write', { status: 401 }, { status: 500 })).toBeInstanceOf(AmbiguousWriteError);
  });
});

it('sends nothing for as long as GitHub asked to wait', async () => {
  github.answer({ status: 429, headers: { 'retry-after': '20' } }, data);
  const client = github.client();
  await expect(calls.read(client)).rejects.toBeInstanceOf(RetryableError);
  await expect(calls.read(client)).rejects.toMatchObject({
    name: 'RetryableError',
    retryInMs: expect.any(Number),
  });
  await expect(client.get('o/r', 'x', '/rate_limit', {})).rejects.toBeInstanceOf(RetryableError);
  expect(github.seen).toHaveLength(1);
});

it('takes the time from GitHub’s answer, not from this machine', async () => {
  github.answer({ json: [] });
  const { at } = await github.client().get('o/r', 'read a sample', '/repos/o/r/activity', {});
  expect(new Date(at).toISOString()).toBe('2026-06-01T12:00:00.000Z');
});

describe('statuses that are answers', () => {
  const ask = (client: GitHubClient) =>
    client.get('o/r', 'read a sample', '/repos/o/r/releases/7', {}, [404]);

  it('come with what GitHub said and when', async () => {
    github.answer({ status: 404, json: { message: 'Not Found' } });
    const { at, ...answer } = await ask(github.client());
    expect(answer).toEqual({ status: 404, data: { message: 'Not Found' } });
    expect(new Date(at).toISOString()).toBe('2026-06-01T12:00:00.000Z');
  });

  it('are failures all the same when they are said about the token', async () => {
    const failure = Object.assign(new Error('Not Found'), {
      status: 404,
      response: { status: 404, headers: {} },
      request: { url: 'https://api.example/app/installations/1/access_tokens' },
    });
    const endpoint = { DEFAULTS: { baseUrl: 'https://api.example' } };
    const request = Object.assign(() => Promise.reject(failure), { endpoint });
    const octokit = { request, auth: async () => undefined };
    const client = createGitHubClient({ octokitFor: async () => octokit, limiter: createLimiter() });
    await expect(ask(client)).rejects.toMatchObject({ name: 'PermanentError', code: 'not-found' });
  });
});

describe('a REST call that posts', () => {
  const post = (kind: 'ask' | 'post') =>
    github.client()[kind]('o/r', 'post a sample', '/repos/o/r/x', { a: 1 });

  it.each([
    ['ask', { status: 500 }, 'RetryableError'],
    ['ask', { instead: 'silence' }, 'RetryableError'],
    ['post', { status: 500 }, 'AmbiguousWriteError'],
    ['post', { instead: 'silence' }, 'AmbiguousWriteError'],
  ] as const)('%s: %j is a %s', async (kind, reply, name) => {
    github.answer(reply);
    await expect(post(kind)).rejects.toMatchObject({ name });
    expect(github.seen).toMatchObject([{ method: 'POST', url: '/repos/o/r/x', body: { a: 1 } }]);
  });
});

it('finds GraphQL of GitHub Enterprise Server beside its REST API', async () => {
  const routes: string[] = [];
  const request = Object.assign(
    async (route: string) => {
      routes.push(route);
      return { status: 200, headers: {}, data: { data: {} } };
    },
    { endpoint: { DEFAULTS: { baseUrl: 'https://ghe.example/api/v3' } } },
  );
  const octokit = { request, auth: async () => undefined };
  const client = createGitHubClient({ octokitFor: async () => octokit, limiter: createLimiter() });
  await calls.read(client);
  expect(routes).toEqual(['POST https://ghe.example/api/graphql']);
});

it('passes the house’s own errors on', async () => {
  const own = new PermanentError('not-installed', 'the App is not installed');
  const client = createGitHubClient({ octokitFor: () => Promise.reject(own), limiter: createLimiter() });
  await expect(calls.read(client)).rejects.toBe(own);
});
