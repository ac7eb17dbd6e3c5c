import { createHmac, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Faults } from '../../../sandbox/faults.ts';
import { createGitHub, type GitHub } from '../../../sandbox/github/github.ts';
import type { GitHubOptions, Seed } from '../../../sandbox/github/options.ts';
import { PEOPLE } from '../../../sandbox/people.ts';
import { restProblems } from './check-rest-answer.ts';
import { webhookProblems } from './check-webhook.ts';

export interface Hook {
  readonly event: string;
  /** `pull_request.opened`, or the event alone where it has no action. */
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read any of GitHub's payloads
  readonly body: any;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read any of GitHub's answers
  readonly body: any;
}

/** A GitHub on a real port whose every REST answer and webhook is checked against GitHub's own descriptions. */
export interface TestGitHub {
  readonly site: GitHub;
  readonly url: string;
  /** Webhooks so far, in the order in which they came. */
  readonly hooks: Hook[];
  /** Each difference from GitHub's descriptions so far; must stay empty. */
  readonly problems: string[];
  readonly bot: string;
  person(login: string): string;
  /** One REST call; the answer is checked. `path` begins with `/`; `r` in it stands for `/repos/<owner>/<repo>`. */
  call(method: string, path: string, body?: unknown, token?: string): Promise<Answer>;
  // biome-ignore lint/suspicious/noExplicitAny: tests read any of GitHub's answers
  graphql(query: string, variables?: unknown, token?: string): Promise<any>;
  /** Waits for what is under way and returns the webhooks since the last time. */
  newHooks(): Promise<Hook[]>;
  close(): Promise<void>;
}

const secret = 'sample-secret';
export const owner = 'sandbox-org';
export const repo = 'platform';

const files = {
  'README.md': '# Platform\n',
  '.github/CODEOWNERS': '# owners\n* @sandbox-org/platform\n/docs/ @ana-approver\n/tenants/ @nobody-here\n',
  'clusters/prod/kustomization.yaml': 'resources: []\n',
  'docs/guide.md': '# Guide\n',
};

export async function startGitHub(
  change: Partial<GitHubOptions> = {},
  seedFiles?: Seed,
): Promise<TestGitHub> {
  const dir = await mkdtemp(join(tmpdir(), 'sandbox-github-'));
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const hooks: Hook[] = [];
  const problems: string[] = [];
  const receiver = await listen(createReceiver(hooks, problems));
  const front = await listen(createServer());
  const url = `${addressOf(front)}/github`;
  const site = await createGitHub({
    faults: new Faults(),
    publicUrl: () => url,
    dir,
    owner,
    repo,
    seed: seedFiles ?? { kind: 'files', files },
    app: {
      id: 1001,
      installationId: 2002,
      slug: 'trunkline',
      name: 'Trunkline',
      privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      webhookSecret: secret,
      webhookUrl: `${addressOf(receiver)}/hook`,
      ...change.app,
    },
    people: PEOPLE,
    teams: [
      { slug: 'platform', name: 'Platform', permission: 'maintain' },
      { slug: 'change-approvers', name: 'Change approvers', permission: 'write' },
    ],
    keep: false,
    ...change,
  });
  front.on('request', (request, response) => {
    request.url = (request.url ?? '/').replace(/^\/github/, '');
    void site.handle(request, response);
  });
  const bot = site.world.tokens.issue(site.world.state.app.permissions).token;
  let seen = 0;
  const send = async (method: string, path: string, body: unknown, token: string): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  };
  return {
    site,
    url,
    hooks,
    problems,
    bot,
    person: (login) => site.personalTokens.get(login) ?? '',
    async call(method, path, body, token = bot) {
      const full = path.replace(/^r(?=\/|$)/, `/repos/${owner}/${repo}`);
      const answer = await send(method, full, body, token);
      for (const problem of restProblems({ method, path: full, status: answer.status, body: answer.body }))
        problems.push(`${method} ${full} ${answer.status}: ${problem}`);
      return answer;
    },
    async graphql(query, variables = {}, token = bot) {
      return (await send('POST', '/graphql', { query, variables }, token)).body;
    },
    async newHooks() {
      await site.idle();
      const fresh = hooks.slice(seen);
      seen = hooks.length;
      return fresh;
    },
    async close() {
      await site.close();
      for (const server of [front, receiver]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      await rm(dir, { recursive: true, force: true });
    },
  };
}

function createReceiver(hooks: Hook[], problems: string[]): Server {
  return createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks);
      const event = String(request.headers['x-github-event']);
      const signature = `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;
      if (request.headers['x-hub-signature-256'] !== signature) problems.push(`${event}: wrong signature`);
      const body = JSON.parse(raw.toString('utf8'));
      const name = body.action === undefined ? event : `${event}.${body.action}`;
      hooks.push({ event, name, body, headers: request.headers });
      for (const problem of webhookProblems(event, body)) problems.push(`webhook ${name}: ${problem}`);
      response.writeHead(200).end('ok');
    });
  });
}

async function listen(server: Server): Promise<Server> {
  // On a busy machine a socket kept for reuse would be closed just as it is used again.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
