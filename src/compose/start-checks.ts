import type { GitHubApp, Installation } from '../adapters/github-app.ts';
import type { IdentitySource } from '../adapters/slack/identity.ts';
import { slackCode } from '../adapters/slack/slack-errors.ts';

/** What a check of the installation finds. Being unreachable is no mistake of the installation: it is asked again. */
export type CheckResult =
  | { readonly kind: 'ok' }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] }
  | { readonly kind: 'unreachable'; readonly why: unknown };

/** What the GitHub App may do: no less, or work fails half-way; see the App's manifest. */
export const appPermissions = {
  contents: 'write',
  pull_requests: 'write',
  checks: 'write',
  deployments: 'write',
  issues: 'write',
  metadata: 'read',
  members: 'read',
} as const satisfies Record<string, 'read' | 'write'>;

/** With these the App could switch off the rules that protect branches, or run code of its own. */
const forbiddenPermissions = ['administration', 'workflows'] as const;

/** What the Slack bot may do, and why it must. */
export const botScopes = {
  commands: 'to take /onboard-tenant and /trunkline',
  'chat:write': 'to tell people how their requests fare',
  'channels:read': 'to find public channels by name',
  'channels:history': 'to find its own messages in public channels again',
  'groups:read': 'to find private channels by name',
  'groups:history': 'to find its own messages in private channels again',
  'im:write': 'to open direct messages to people who asked for something',
  'im:history': 'to find its own direct messages again',
  'users:read': 'to tell members from guests and strangers',
  'users:read.email': 'to tell whose account on GitHub bears the same verified address',
  'usergroups:read': 'to know who is in a user group that the policy names',
} as const satisfies Record<string, string>;

const levels: Readonly<Record<string, number>> = { read: 1, write: 2, admin: 3 };

/** Checks the App's key, and its installation on every platform repository. */
export async function checkGitHub(
  app: Pick<GitHubApp, 'readInstallation'>,
  repos: readonly string[],
): Promise<CheckResult> {
  const results = await Promise.all(repos.map((repo) => checkRepository(app, repo)));
  return together(results);
}

async function checkRepository(app: Pick<GitHubApp, 'readInstallation'>, repo: string): Promise<CheckResult> {
  try {
    return wrongIfAny(installationProblems(repo, await app.readInstallation(repo)));
  } catch (error) {
    const status = error instanceof Error && 'status' in error ? error.status : undefined;
    if (status === 401) {
      return wrongIfAny([
        'PRIVATE_KEY: GitHub does not accept it for the App of APP_ID; put the number and a current private key of the same App there',
      ]);
    }
    if (status === 404) {
      return wrongIfAny([
        `PLATFORM_REPO: the GitHub App is not installed on ${repo}; install it there, or correct the name`,
      ]);
    }
    return { kind: 'unreachable', why: error };
  }
}

/** What is wrong with the App's installation on a repository, in sentences that say what to do. */
export function installationProblems(repo: string, installation: Installation): readonly string[] {
  const { permissions } = installation;
  if (installation.suspended_at != null) {
    return [`PLATFORM_REPO: the GitHub App's installation on ${repo} is suspended; unsuspend it`];
  }
  const lacking = Object.entries(appPermissions)
    .filter(([name, level]) => (levels[permissions[name] ?? ''] ?? 0) < (levels[level] ?? 0))
    .map(([name, level]) => `${name}: ${level}`);
  const excess = forbiddenPermissions.filter((name) => permissions[name] !== undefined);
  return [
    ...(lacking.length === 0
      ? []
      : [
          `APP_ID: the GitHub App on ${repo} lacks permissions (${lacking.join(', ')}); grant them and accept the change`,
        ]),
    ...(excess.length === 0
      ? []
      : [
          `APP_ID: the GitHub App on ${repo} has permissions that it must not have (${excess.join(', ')}); take them away`,
        ]),
  ];
}

/** Checks the bot token and its scopes. */
export async function checkSlack(identity: Pick<IdentitySource, 'ask'>): Promise<CheckResult> {
  try {
    return wrongIfAny(scopeProblems((await identity.ask()).scopes));
  } catch (error) {
    const code = slackCode(error);
    if (code !== undefined && /auth|token|account|org_login|team_access/.test(code)) {
      return wrongIfAny([
        `SLACK_BOT_TOKEN: Slack does not accept it (${code}); put the current bot token of the Slack app there`,
      ]);
    }
    return { kind: 'unreachable', why: error };
  }
}

export function scopeProblems(scopes: readonly string[]): readonly string[] {
  const lacking = Object.entries(botScopes).filter(([scope]) => !scopes.includes(scope));
  if (lacking.length === 0) return [];
  const listed = lacking.map(([scope, why]) => `${scope} (${why})`).join(', ');
  return [`SLACK_BOT_TOKEN: the Slack app lacks scopes: ${listed}; add them and install the app again`];
}

/** Everything that is wrong at once; only when nothing is, that something could not be asked. */
export function together(results: readonly CheckResult[]): CheckResult {
  const problems = new Set(results.flatMap((result) => (result.kind === 'wrong' ? result.problems : [])));
  if (problems.size > 0) return { kind: 'wrong', problems: [...problems] };
  return results.find((result) => result.kind === 'unreachable') ?? { kind: 'ok' };
}

function wrongIfAny(problems: readonly string[]): CheckResult {
  return problems.length === 0 ? { kind: 'ok' } : { kind: 'wrong', problems };
}
