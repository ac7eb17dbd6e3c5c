import nock from 'nock';
import { ProbotOctokit } from 'probot';
import { createGitHubClient } from '../../../src/adapters/github/client.ts';
import { createLimiter } from '../../../src/adapters/github/limiter.ts';

const octokit = new ProbotOctokit({
  baseUrl: 'https://github.example',
  throttle: { enabled: false },
  retry: { enabled: false },
  auth: { token: 'sample' },
});
const client = () => createGitHubClient({ octokitFor: async () => octokit, limiter: createLimiter() });
const operation = { query: 'mutation Sample { x }', variables: {} };

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});

describe('a write', () => {
  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])(
    'was certainly not done when no connection stood: %s',
    async (code) => {
      nock('https://github.example')
        .post('/graphql')
        .replyWithError(Object.assign(new Error(code), { code }));
      const error = await client()
        .mutate('o/r', 'write a sample', operation)
        .catch((each: unknown) => each);
      expect(error).toMatchObject({ name: 'RetryableError' });
    },
  );

  it.each(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT'])(
    'may have been done when a connection broke: %s',
    async (code) => {
      nock('https://github.example')
        .post('/graphql')
        .replyWithError(Object.assign(new Error(code), { code }));
      const error = await client()
        .mutate('o/r', 'write a sample', operation)
        .catch((each: unknown) => each);
      expect(error).toMatchObject({ name: 'AmbiguousWriteError' });
    },
  );

  it('was not done when GitHub gave no token for it', async () => {
    const failed = Object.assign(new Error('Bad Gateway'), {
      status: 502,
      response: { status: 502, headers: {} },
      request: { url: 'https://github.example/app/installations/1/access_tokens' },
    });
    const request = Object.assign(() => Promise.reject(failed), octokit.request);
    const octokitFor = async () => ({ request, auth: async () => undefined });
    const without = createGitHubClient({ octokitFor, limiter: createLimiter() });
    const error = await without.mutate('o/r', 'write a sample', operation).catch((each: unknown) => each);
    expect(error).toMatchObject({ name: 'RetryableError' });
  });
});
