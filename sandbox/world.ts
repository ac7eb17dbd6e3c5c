import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addApprovalRule } from './approval-rule.ts';
import { coalesced } from './coalesced.ts';
import { controlSite } from './control.ts';
import { type Credentials, credentials } from './credentials.ts';
import { Events } from './events.ts';
import { Faults } from './faults.ts';
import { gitBehindFlux } from './git-behind-flux.ts';
import { createGitHub, type GitHub } from './github/github.ts';
import { fleetRoutes } from './kubernetes/control/fleet-routes.ts';
import { type Fleet, type FleetOptions, startFleet } from './kubernetes/fleet.ts';
import { levers } from './levers.ts';
import { sendToPage } from './page-links.ts';
import { pageSite } from './page-site.ts';
import { PEOPLE } from './people.ts';
import { addSampleLabels } from './sample-labels.ts';
import { createSampleRepo } from './sample-repo.ts';
import { listen } from './server.ts';
import { createSlack, type Slack } from './slack/slack.ts';

export interface WorldOptions {
  /** Port of the world on 127.0.0.1; a free one when left out. */
  readonly port?: number;
  /** Where the bot listens: webhooks go there, and in HTTP mode Slack's deliveries. */
  readonly botUrl: string;
  readonly slackMode?: 'socket' | 'http';
  /** The platform repository: a path, a URL or a bundle; the sample when left out. */
  readonly repo?: string;
  /** The commit of `repo` at which the default branch stands. */
  readonly at?: string;
  /** A folder that keeps everything, for a later world to go on from. */
  readonly keep?: string;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Whether the default branch requires the check of approvals, from the sandbox's App alone. */
  readonly approvalRule?: boolean;
  /** The management clusters and Flux on them. */
  readonly fleet?: FleetOptions;
}

export interface World {
  readonly url: string;
  /** What the bot needs to meet this world, save PORT and REDIS_URL. */
  readonly env: Readonly<Record<string, string>>;
  readonly faults: Faults;
  readonly github: GitHub;
  readonly slack: Slack;
  readonly fleet: Fleet;
  /** A kubeconfig with every right, for people; undefined when there is no cluster. */
  readonly adminKubeconfig: string | undefined;
  stop(): Promise<void>;
}

export const OWNER = 'sandbox-org';
export const REPO = 'platform';
/** The app's slash commands, with the hint that Slack shows behind each. */
const COMMANDS = [
  { name: '/onboard-tenant', hint: '[name]' },
  { name: '/trunkline', hint: '[release | promote | changes | change | freeze | status | fleet | help]' },
] as const;

/**
 * Starts a Slack, a GitHub, Kubernetes clusters, the control API and the page on one port of 127.0.0.1.
 *
 * @throws when the port is taken (`EADDRINUSE`) or `repo` cannot be cloned.
 */
export async function startWorld(options: WorldOptions): Promise<World> {
  const server = await listen(options.port ?? 0);
  const scratch = await mkdtemp(path.join(tmpdir(), 'trunkline-sandbox-'));
  try {
    const directory = options.keep ?? scratch;
    await mkdir(directory, { recursive: true });
    const faults = new Faults();
    const events = new Events();
    const secrets = await credentials(options.keep && path.join(directory, 'credentials.json'));
    const context = { options, faults, secrets, directory, scratch, url: server.url };
    const [github, slack] = await Promise.all([openGitHub(context), openSlack(context)]);
    if (options.repo === undefined) addSampleLabels(github.world.state);
    if (options.approvalRule) addApprovalRule(github.world.state, 1001, github.world.iso());
    const fleet = await openFleet(context, github);
    const kubeconfigs = await writeKubeconfigs(fleet, scratch, `${server.url}/kubernetes`);
    const pulled = levers({
      url: server.url,
      repo: `${OWNER}/${REPO}`,
      commands: COMMANDS,
      slackMode: options.slackMode ?? 'socket',
      botUrl: options.botUrl,
      github,
      slack,
      adminKubeconfig: kubeconfigs?.admin,
    });
    server.mount('/control', controlSite(faults, pulled, events, fleetRoutes(fleet)));
    server.mount('/github', {
      handle: (request, response) =>
        sendToPage(request, response, `${OWNER}/${REPO}`) ? undefined : github.handle(request, response),
      close: () => github.close(),
    });
    server.mount('/slack', slack);
    server.mount('/kubernetes', fleet.site);
    server.mount('', pageSite());
    faults.onCall(({ id }) => events.tell({ kind: 'call', id }));
    slack.client.on('changed', (person) => events.tell({ kind: 'slack' }, person));
    fleet.onChange(coalesced(() => events.tell({ kind: 'fleet' }), FLEET_NEWS_MS));
    server.onAnswered((method, requested) => {
      if (requested.startsWith('/github/') && method !== 'GET') events.tell({ kind: 'github' });
    });
    return {
      url: server.url,
      env: {
        ...botEnvironment(server.url, secrets, slack, options.slackMode ?? 'socket'),
        ...(kubeconfigs ? { KUBECONFIG: kubeconfigs.bot } : {}),
      },
      faults,
      github,
      slack,
      fleet,
      adminKubeconfig: kubeconfigs?.admin,
      stop: async () => {
        faults.clear();
        fleet.close();
        await server.close();
        await rm(scratch, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await server.close();
    await rm(scratch, { recursive: true, force: true });
    throw error;
  }
}

interface Context {
  readonly options: WorldOptions;
  readonly faults: Faults;
  readonly secrets: Credentials;
  readonly directory: string;
  readonly scratch: string;
  readonly url: string;
}

async function openGitHub({ options, faults, secrets, directory, scratch, url }: Context): Promise<GitHub> {
  const dir = path.join(directory, 'github');
  await mkdir(dir, { recursive: true });
  const source = options.repo ?? (await createSampleRepo(scratch));
  return createGitHub({
    faults,
    publicUrl: () => `${url}/github`,
    dir,
    owner: OWNER,
    repo: REPO,
    seed: { kind: 'source', source, ...(options.at === undefined ? {} : { at: options.at }) },
    app: {
      id: 1001,
      installationId: 2002,
      slug: 'trunkline',
      name: 'trunkline',
      privateKeyPem: secrets.appKey,
      webhookSecret: secrets.webhookSecret,
      webhookUrl: `${options.botUrl}/api/github/webhooks`,
    },
    people: PEOPLE,
    teams: [
      { slug: 'platform', name: 'Platform', permission: 'maintain' },
      { slug: 'change-approvers', name: 'Change approvers', permission: 'write' },
    ],
    keep: options.keep !== undefined,
    ...(options.now ? { now: options.now } : {}),
  });
}

function openFleet({ options, faults }: Context, github: GitHub): Promise<Fleet> {
  const parts = {
    faults,
    repository: gitBehindFlux(github),
    defaultBranch: github.world.state.repo.defaultBranch,
    cloneUrl: github.world.urls.clone(),
    now: options.now ?? Date.now,
  };
  return startFleet(parts, options.fleet);
}

/** The bot's and the people's; without a cluster there is nothing to point to. */
async function writeKubeconfigs(
  fleet: Fleet,
  directory: string,
  url: string,
): Promise<{ readonly bot: string; readonly admin: string } | undefined> {
  if (fleet.members.length === 0) return undefined;
  const files = {
    bot: path.join(directory, 'kubeconfig'),
    admin: path.join(directory, 'admin.kubeconfig'),
  };
  for (const whose of ['bot', 'admin'] as const)
    await writeFile(files[whose], fleet.kubeconfig(whose, url), { mode: 0o600 });
  return files;
}

/** Pages hear of clusters at most so often (ms), however much changes there. */
const FLEET_NEWS_MS = 250;

async function openSlack({ options, faults, secrets, directory, url }: Context): Promise<Slack> {
  return createSlack({
    faults,
    publicUrl: () => `${url}/slack`,
    mode:
      options.slackMode === 'http'
        ? { kind: 'http', eventsUrl: `${options.botUrl}/slack/events`, signingSecret: secrets.signingSecret }
        : { kind: 'socket' },
    commands: COMMANDS.map(({ name }) => name),
    scopes: SCOPES,
    ...(options.keep === undefined ? {} : { keepFile: path.join(directory, 'slack.json') }),
    ...(options.now ? { now: options.now } : {}),
  });
}

/** What the Slack app was installed with. */
const SCOPES = [
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'groups:history',
  'groups:read',
  'im:history',
  'im:write',
  'usergroups:read',
  'users:read',
  'users:read.email',
];

function botEnvironment(
  url: string,
  secrets: Credentials,
  slack: Slack,
  slackMode: 'socket' | 'http',
): Readonly<Record<string, string>> {
  return {
    APP_ID: '1001',
    PRIVATE_KEY: secrets.appKey,
    WEBHOOK_SECRET: secrets.webhookSecret,
    GITHUB_API_URL: `${url}/github`,
    SLACK_BOT_TOKEN: slack.tokens.bot,
    ...(slackMode === 'http'
      ? { SLACK_SIGNING_SECRET: secrets.signingSecret }
      : { SLACK_APP_TOKEN: slack.tokens.app }),
    SLACK_API_URL: `${url}/slack/api/`,
    PLATFORM_REPO: `${OWNER}/${REPO}`,
    LEDGER_KEY: secrets.ledgerKey,
  };
}
