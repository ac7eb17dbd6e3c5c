import { existsSync } from 'node:fs';
import { delimiter, isAbsolute } from 'node:path';
import { z } from 'zod';
import { readAppKey, readLedgerKey, readOldLedgerKeys } from './config-keys.ts';
import type { RepoName } from './domain/ids.ts';

/** Everything the environment decides, checked. Secrets and addresses only: the platform's own rules are in its policy. */
export interface Config {
  readonly github: {
    readonly appId: number;
    /** PEM of the App's RSA key. */
    readonly privateKey: string;
    /** The current secret first; a second one is accepted while it is being rotated. */
    readonly webhookSecrets: readonly string[];
    readonly apiUrl: string;
    readonly repos: readonly RepoName[];
  };
  readonly slack: {
    readonly botToken: string;
    readonly apiUrl: string;
    readonly door:
      | { readonly kind: 'socket'; readonly appToken: string }
      | { readonly kind: 'http'; readonly signingSecrets: readonly string[] };
  };
  /** Where access to the management clusters comes from; both may give none. */
  readonly kubernetes: {
    /** Paths of kubeconfigs, merged as kubectl does; they are read when they are needed, and again when they change. */
    readonly files: readonly string[];
    /** Whether a service account's token is mounted. */
    readonly isInCluster: boolean;
  };
  readonly redisUrl: string;
  /** Milliseconds after which the work of a replica that fell silent is another's. */
  readonly jobLockMs: number;
  /** What signs the records of decisions, and what proves the older ones. */
  readonly ledger: {
    /** PEM of the Ed25519 key. */
    readonly privateKeyPem: string;
    readonly oldPublicKeysPem: readonly string[];
  };
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
  readonly metricsToken: string | undefined;
  readonly hasProxy: boolean;
  /** Folders of the `PATH`, where tools may be that the bot makes use of when they are there. */
  readonly toolFolders: readonly string[];
  /** Every value that must never be seen, for the log's mask. */
  readonly secrets: readonly string[];
}

export type ConfigResult =
  | { readonly kind: 'ok'; readonly config: Config }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] };

const url = (schemes: readonly string[], what: string) =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), {
    error: `is not ${what}; put ${what} there`,
  });

const upToTwo = (what: string) =>
  z
    .string({ error: `is missing; put ${what} there, or two by comma while it is being rotated` })
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .refine((parts) => parts.length === 1 || parts.length === 2, {
      error: `must hold one value, or two by comma; put ${what} there`,
    });

const repoList = z
  .string({ error: 'is missing; put the platform repository there as owner/name, or several by comma' })
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )
  .refine((names) => names.length > 0 && names.every((name) => /^[\w-]+\/[\w.-]+$/.test(name)), {
    error: 'must hold owner/name, or several by comma; put the platform repository there',
  })
  .transform((names) => [...new Set(names)] as RepoName[]);

const schema = z.object({
  APP_ID: z
    .string({ error: 'is missing; put the number of the GitHub App there (App settings, "App ID")' })
    .regex(/^[1-9]\d{0,14}$/, { error: 'is not a number; put the "App ID" of the App\'s settings there' })
    .transform(Number),
  WEBHOOK_SECRET: upToTwo("the webhook secret of the GitHub App's settings").refine(
    (secrets) => !secrets.includes('development'),
    {
      error:
        'is "development", which anybody can guess; put a long random text there and in the App\'s settings',
    },
  ),
  GITHUB_API_URL: url(['https:', 'http:'], 'an http(s) address').default('https://api.github.com'),
  PLATFORM_REPO: repoList,
  SLACK_BOT_TOKEN: z
    .string({ error: 'is missing; put the bot token there (xoxb-…, "OAuth & Permissions" of the Slack app)' })
    .regex(/^xoxb-\S+$/, { error: 'is not a bot token; put the one that starts with xoxb- there' }),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-\S+$/, { error: 'is not an app-level token; put the one that starts with xapp- there' })
    .optional(),
  SLACK_SIGNING_SECRET: upToTwo('the signing secret of the Slack app ("Basic Information")').optional(),
  SLACK_API_URL: url(['https:', 'http:'], 'an http(s) address').default('https://slack.com/api/'),
  KUBECONFIG: z.string().default(''),
  REDIS_URL: z
    .string({ error: 'is missing; put the address of Redis there, such as redis://localhost:6379' })
    .pipe(url(['redis:', 'rediss:'], 'a redis:// or rediss:// address')),
  HOST: z.string().default('0.0.0.0'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, { error: 'is not a port; put a number from 0 to 65535 there' })
    .transform(Number)
    .refine((port) => port <= 65_535, { error: 'is not a port; put a number from 0 to 65535 there' })
    .default(3000),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'is not a level; put trace, debug, info, warn, error, fatal or silent there',
    })
    .default('info'),
  JOB_LOCK_MS: z
    .string()
    .regex(/^\d{4,6}$/, {
      error: 'is not a time; put milliseconds from 1000 to 120000 there, or leave it out',
    })
    .transform(Number)
    .refine((ms) => ms >= 1_000 && ms <= 120_000, {
      error: 'is out of bounds; put milliseconds from 1000 to 120000 there, or leave it out',
    })
    .default(15_000),
  METRICS_TOKEN: z
    .string()
    .min(16, { error: 'is too short to be secret; put at least 16 random characters there, or leave it out' })
    .optional(),
});

/** As usual, in either case; https://nodejs.org/api/http.html#built-in-proxy-support. */
const proxyVariables = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];

/** Mounted into every pod that wants it. https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/ */
const SERVICE_ACCOUNT_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

type Parsed = z.output<typeof schema>;

/** Reads the configuration from an environment, and tells every problem at once. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): ConfigResult {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(given);
  const appKey = readAppKey(given);
  const ledgerKey = readLedgerKey(given);
  const oldKeys = readOldLedgerKeys(given);
  const problems = [
    ...(parsed.success
      ? []
      : parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`)),
    ...(appKey.kind === 'wrong' ? [appKey.problem] : []),
    ...(ledgerKey.kind === 'wrong' ? [ledgerKey.problem] : []),
    ...(oldKeys.kind === 'wrong' ? [oldKeys.problem] : []),
    ...slackDoorProblems(given),
  ];
  if (
    !parsed.success ||
    appKey.kind !== 'key' ||
    ledgerKey.kind !== 'key' ||
    oldKeys.kind === 'wrong' ||
    problems.length > 0
  ) {
    return { kind: 'wrong', problems };
  }
  return {
    kind: 'ok',
    config: toConfig(
      parsed.data,
      appKey.pem,
      { privateKeyPem: ledgerKey.pem, oldPublicKeysPem: oldKeys.pems },
      proxyVariables.some((name) => name in given),
      (given['PATH'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder)),
    ),
  };
}

function slackDoorProblems(given: Record<string, string | undefined>): readonly string[] {
  const hasAppToken = given['SLACK_APP_TOKEN'] !== undefined;
  const hasSecret = given['SLACK_SIGNING_SECRET'] !== undefined;
  if (hasAppToken && hasSecret) {
    return [
      'SLACK_APP_TOKEN: is set together with SLACK_SIGNING_SECRET; keep SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP mode, not both',
    ];
  }
  if (hasAppToken || hasSecret) return [];
  return [
    'SLACK_APP_TOKEN: is missing; put the app-level token there (xapp-…, Socket Mode), or SLACK_SIGNING_SECRET instead for HTTP mode',
  ];
}

function toConfig(
  env: Parsed,
  privateKey: string,
  ledger: Config['ledger'],
  hasProxy: boolean,
  toolFolders: readonly string[],
): Config {
  const signingSecrets = env.SLACK_SIGNING_SECRET ?? [];
  const door: Config['slack']['door'] =
    env.SLACK_APP_TOKEN !== undefined
      ? { kind: 'socket', appToken: env.SLACK_APP_TOKEN }
      : { kind: 'http', signingSecrets };
  const optional = [env.SLACK_APP_TOKEN, env.METRICS_TOKEN, ledger.privateKeyPem].filter(
    (secret) => secret !== undefined,
  );
  const password = decodeURIComponent(new URL(env.REDIS_URL).password);
  return {
    github: {
      appId: env.APP_ID,
      privateKey,
      webhookSecrets: env.WEBHOOK_SECRET,
      apiUrl: env.GITHUB_API_URL.replace(/\/+$/, ''),
      repos: env.PLATFORM_REPO,
    },
    slack: { botToken: env.SLACK_BOT_TOKEN, apiUrl: env.SLACK_API_URL.replace(/\/*$/, '/'), door },
    kubernetes: {
      files: env.KUBECONFIG.split(delimiter).filter((file) => file !== ''),
      isInCluster: existsSync(SERVICE_ACCOUNT_TOKEN),
    },
    redisUrl: env.REDIS_URL,
    jobLockMs: env.JOB_LOCK_MS,
    ledger,
    host: env.HOST,
    port: env.PORT,
    logLevel: env.LOG_LEVEL,
    metricsToken: env.METRICS_TOKEN,
    hasProxy,
    toolFolders,
    secrets: [
      privateKey,
      ...env.WEBHOOK_SECRET,
      env.SLACK_BOT_TOKEN,
      ...signingSecrets,
      ...optional,
      password,
    ].filter((secret) => secret !== ''),
  };
}
