import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProbotOctokit } from 'probot';
import type { Requests } from '../../../jobs/request/request-ports.ts';
import type { Deployments } from '../../../jobs/rollout/deployments-port.ts';
import { Faults } from '../../../sandbox/faults.ts';
import { createGitHub, type GitHub } from '../../../sandbox/github/github.ts';
import { connect } from '../../../sandbox/github/graphql/connection.ts';
import { accountNode } from '../../../sandbox/github/graphql/nodes.ts';
import { resolvers } from '../../../sandbox/github/graphql/resolvers.ts';
import { PEOPLE } from '../../../sandbox/people.ts';
import { createDeployments } from '../../../src/adapters/github/deployments.ts';
import { createLimiter } from '../../../src/adapters/github/limiter.ts';
import {
  createGitHubContext,
  createPlatformRepository,
} from '../../../src/adapters/github/platform-repository.ts';
import { createRequests } from '../../../src/adapters/github/requests.ts';
import type { CommitSha, RepoName } from '../../../src/domain/ids.ts';
import { silentLog } from './scripted-github.ts';

export const REPO = 'sample-org/platform' as RepoName;

export interface SandboxGitHub {
  readonly site: GitHub;
  readonly faults: Faults;
  /** Names of the bot's calls since the last time this was asked, without those for its token. */
  calls(): readonly string[];
  /** The adapter, authenticated as the App's installation, as a process that has just started. */
  repository(options?: { readonly timeoutMs?: number }): ReturnType<typeof createPlatformRepository>;
  requests(): Requests;
  /** @param monotonic milliseconds of the clock by which it remembers. */
  deployments(monotonic?: () => number): Deployments;
  /** What a person does over GraphQL; throws on any error. */
  graph(login: string, query: string, variables?: Readonly<Record<string, unknown>>): Promise<Answered>;
  rest(login: string, method: string, path: string, body?: object): Promise<unknown>;
  head(branch?: string): Promise<CommitSha>;
  close(): Promise<void>;
}

/** Made once a file, for making one takes longer than most tests. */
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

/** Whatever was asked for; tests know its shape. */
// biome-ignore lint/suspicious/noExplicitAny: tests reach into answers of any shape
type Answered = any;

export interface SandboxSeed {
  /** A path or a bundle to start from instead of `files`. */
  readonly source?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly permissions?: Readonly<Record<string, 'read' | 'write'>>;
}

const ignore = () => undefined;

// Where the sandbox does not answer `PullRequest.timelineItems` itself, it does here, with who closed.
const pullFields = resolvers['PullRequest'];
if (pullFields && !('timelineItems' in pullFields)) {
  Object.assign(pullFields, {
    timelineItems: (it: Answered, args: Answered, context: Answered, info: Answered) =>
      connect(
        [...context.world.state.timeline].filter(
          (each: Answered) => each.number === it.number && each.event === 'closed',
        ),
        args,
        info,
        (each: Answered) => ({
          __typename: 'ClosedEvent',
          it: null,
          actor: accountNode(context, each.actor),
        }),
      ),
  });
}

/** The sandbox's GitHub on loopback, with one small repository. */
export async function startSandboxGitHub(seed: SandboxSeed = {}): Promise<SandboxGitHub> {
  const dir = await mkdtemp(join(tmpdir(), 'trunkline-github-'));
  const faults = new Faults();
  let url = '';
  const [owner = '', repo = ''] = REPO.split('/');
  const site = await createGitHub({
    faults,
    publicUrl: () => url,
    dir,
    owner,
    repo,
    seed:
      seed.source === undefined
        ? { kind: 'files', files: seed.files ?? { 'README.md': '# sample\n' } }
        : { kind: 'source', source: seed.source },
    app: {
      id: 17,
      installationId: 71,
      slug: 'trunkline',
      name: 'Trunkline',
      privateKeyPem: privateKey,
      webhookSecret: 'sample',
      ...(seed.permissions === undefined ? {} : { permissions: seed.permissions }),
    },
    people: PEOPLE,
    teams: [
      { slug: 'platform', permission: 'write' },
      { slug: 'change-approvers', permission: 'write' },
    ],
    keep: false,
  });
  const server = createServer((request, response) => {
    request.url = (request.url ?? '').replace(/^\/github/, '');
    site.handle(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/github`;
  let told = 0;

  async function call(login: string, method: string, path: string, body?: object): Promise<Answered> {
    const token = site.personalTokens.get(login);
    if (token === undefined) throw new Error(`the sandbox knows nobody called ${login}`);
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  async function graph(login: string, query: string, variables = {}): Promise<Answered> {
    const answer = await call(login, 'POST', '/graphql', { query, variables });
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer.data;
  }

  function optionsOf(options: { readonly timeoutMs?: number; readonly monotonic?: () => number }) {
    const octokit = new ProbotOctokit({
      baseUrl: url,
      log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
      throttle: { enabled: false },
      retry: { enabled: false },
      auth: { appId: '17', privateKey, installationId: 71 },
    });
    return {
      octokitFor: async () => octokit,
      limiter: createLimiter(),
      log: silentLog,
      appSlug: 'trunkline',
      appId: 17,
      ...options,
    };
  }

  return {
    site,
    faults,
    rest: call,
    graph,
    calls() {
      const names = faults.calls().map(({ name }) => name);
      const fresh = names.slice(told).filter((name) => !name.endsWith('/access_tokens'));
      told = names.length;
      return fresh;
    },
    repository: ({ timeoutMs = 10_000 } = {}) => createPlatformRepository(optionsOf({ timeoutMs })),
    requests: () => createRequests(createGitHubContext(optionsOf({}))),
    deployments: (monotonic) =>
      createDeployments(createGitHubContext(optionsOf(monotonic === undefined ? {} : { monotonic }))),
    async head(branch = 'main') {
      const ref = `refs/heads/${branch}`;
      const query = `query { repository(owner: "${owner}", name: "${repo}") { ref(qualifiedName: "${ref}") { target { oid } } } }`;
      return (await graph('pat-platform', query)).repository.ref?.target.oid;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await site.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
