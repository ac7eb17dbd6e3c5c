import type { Probot, ProbotOctokit } from 'probot';
import { z } from 'zod';
import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import type { WebhookEvent } from './webhook-door.ts';

const TIMEOUT_MS = 10_000;
/** An App that is installed anew gets another id. */
const INSTALLATION_LASTS_MS = 10 * 60_000;

const installation = z.object({
  id: z.number(),
  app_slug: z.string(),
  app_id: z.number(),
  permissions: z.record(z.string(), z.string()),
  suspended_at: z.string().nullish(),
});
export type Installation = z.output<typeof installation>;

export interface GitHubApp {
  /** For handlers to register with. */
  readonly probot: Probot;
  /** An Octokit authenticated as the App's installation on a repository. It neither paces nor repeats. */
  octokitFor(repo: string): Promise<ProbotOctokit>;
  /** The installation as GitHub tells it now; throws Octokit's `RequestError`. */
  readInstallation(repo: string): Promise<Installation>;
  /** `trunkline[bot]`; undefined until GitHub has told it. */
  ownLogin(): string | undefined;
  /** Resolves when all handlers of an event are done; throws when one failed. */
  receive(event: WebhookEvent): Promise<void>;
}

/**
 * The GitHub App by Probot: its authentication and its dispatching of events. Probot's throttling and retrying are
 * off, since the one would sleep for minutes inside a job and the other repeats writes that GitHub may have done.
 */
export async function createGitHubApp(github: Config['github'], log: Logger): Promise<GitHubApp> {
  const { Probot, ProbotOctokit } = await import('probot');
  const probot = new Probot({
    appId: github.appId,
    privateKey: github.privateKey,
    secret: github.webhookSecrets[0],
    baseUrl: github.apiUrl,
    log: log.child({ from: 'probot' }, { level: quieter(log.level) }),
    request: { fetch: fetchInTime },
    Octokit: tamed(ProbotOctokit),
  });
  await probot.ready();

  let ownLogin: string | undefined;

  async function readInstallation(repo: string): Promise<Installation> {
    const [owner = '', name = ''] = repo.split('/', 2);
    const octokit = await probot.auth();
    const answer = await octokit.request('GET /repos/{owner}/{repo}/installation', { owner, repo: name });
    const read = installation.parse(answer.data);
    ownLogin = `${read.app_slug}[bot]`;
    return read;
  }

  return {
    probot,
    readInstallation,
    ownLogin: () => ownLogin,
    octokitFor: rememberEach(async (repo) => probot.auth((await readInstallation(repo)).id)),
    // Octokit's type lists every event by name; here the name comes from outside and Probot drops unknown ones.
    receive: (event) => probot.receive(event as Parameters<Probot['receive']>[0]),
  };
}

/** Asks once per repository while an answer lasts; a failure is not remembered. */
function rememberEach<T>(ask: (repo: string) => Promise<T>): (repo: string) => Promise<T> {
  const known = new Map<string, { readonly at: number; readonly answer: Promise<T> }>();
  return (repo) => {
    const last = known.get(repo);
    if (last !== undefined && Date.now() - last.at < INSTALLATION_LASTS_MS) return last.answer;
    const answer = ask(repo);
    known.set(repo, { at: Date.now(), answer });
    answer.catch(() => {
      if (known.get(repo)?.answer === answer) known.delete(repo);
    });
    return answer;
  };
}

/** Requests for tokens bear no time-out of their own. */
function fetchInTime(url: string | URL, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { ...init, signal: init.signal ?? AbortSignal.timeout(TIMEOUT_MS) });
}

/** Probot logs every event and request whole at debug, which may hold what people wrote. */
function quieter(level: string): string {
  return ['trace', 'debug', 'info'].includes(level) ? 'warn' : level;
}

/**
 * Probot's Octokit with throttling and retrying off, and with its authentication asking the API that is configured.
 * Probot lays its own `throttle` over whatever `defaults` say (then every GraphQL call waits a second for the one
 * before), and gives its authentication a `request` of its own that knows api.github.com only: a token that is asked
 * for explicitly would never come from anywhere else. So this has to come last.
 */
function tamed(Octokit: typeof ProbotOctokit): typeof ProbotOctokit {
  return class extends Octokit {
    constructor(options: OctokitOptions = {}) {
      const auth = withBaseUrl(options.auth, options.baseUrl);
      super({ ...options, ...auth, throttle: { enabled: false }, retry: { enabled: false } });
    }
  };
}

type RequestInterface = InstanceType<typeof ProbotOctokit>['request'];
type OctokitOptions = NonNullable<ConstructorParameters<typeof ProbotOctokit>[0]>;

const authOptions = z.looseObject({
  request: z.custom<RequestInterface>((value) => typeof value === 'function' && 'defaults' in value),
});

function withBaseUrl(auth: unknown, baseUrl: string | undefined): { readonly auth?: object } {
  const parsed = authOptions.safeParse(auth);
  if (!parsed.success || baseUrl === undefined) return {};
  return { auth: { ...parsed.data, request: parsed.data.request.defaults({ baseUrl }) } };
}
