import type { GitHubOptions, GitHubPerson } from './options.ts';
import type { Founding } from './state.ts';
import type { Account, App, Team } from './types.ts';

/** What the bot needs to do its work, and nothing that would let it change rules or workflows. */
const defaultPermissions = {
  checks: 'write',
  contents: 'write',
  deployments: 'write',
  issues: 'write',
  members: 'read',
  metadata: 'read',
  pull_requests: 'write',
} as const;

const defaultEvents = [
  'check_run',
  'check_suite',
  'commit_comment',
  'create',
  'delete',
  'deployment',
  'deployment_status',
  'issue_comment',
  'issues',
  'label',
  'member',
  'membership',
  'merge_group',
  'pull_request',
  'pull_request_review',
  'push',
  'release',
  'repository_ruleset',
  'status',
  'team',
];

/** The accounts, teams, repository and App that a sandbox starts with. */
export function found(options: GitHubOptions, createdAt: string): Founding {
  const people = options.people.filter(onGitHub);
  const account = (
    id: number,
    login: string,
    type: Account['type'],
    name: string,
    email: string | null,
  ): Account => ({
    id,
    login,
    type,
    name,
    email,
    createdAt,
  });
  const accounts = people.map((person, at) =>
    account(person.githubId ?? 5_001 + at, person.githubLogin, 'User', person.name, person.email),
  );
  const bot = account(9_000 + options.app.id, `${options.app.slug}[bot]`, 'Bot', options.app.slug, null);
  const webFlow = account(19_864_447, 'web-flow', 'User', 'GitHub Web Flow', null);
  return {
    org: account(7_001, options.owner, 'Organization', options.owner, null),
    accounts: [...accounts, bot, webFlow],
    teams: teamsOf(options, people, createdAt),
    app: appOf(options, createdAt),
    repo: {
      id: 8_001,
      owner: options.owner,
      name: options.repo,
      description: 'A platform repository (sample)',
      defaultBranch: options.defaultBranch ?? 'main',
      isPrivate: false,
      allowSquashMerge: true,
      allowMergeCommit: true,
      allowRebaseMerge: true,
      deleteBranchOnMerge: false,
      createdAt,
      pushedAt: createdAt,
      updatedAt: createdAt,
    },
  };
}

type OnGitHub = GitHubPerson & { readonly githubLogin: string };

export function onGitHub(person: GitHubPerson): person is OnGitHub {
  return person.githubLogin !== undefined;
}

function appOf({ app }: GitHubOptions, createdAt: string): App {
  return {
    id: app.id,
    slug: app.slug,
    name: app.name,
    clientId: `Iv23li${String(app.id).padStart(14, '0')}`,
    installationId: app.installationId,
    permissions: app.permissions ?? defaultPermissions,
    events: app.events ?? defaultEvents,
    webhookUrl: app.webhookUrl,
    createdAt,
  };
}

function teamsOf(options: GitHubOptions, people: readonly OnGitHub[], createdAt: string): Team[] {
  return options.teams.map((team, at) => ({
    id: 6_001 + at,
    slug: team.slug,
    name: team.name ?? team.slug,
    description: null,
    permission: team.permission,
    members: people
      .filter((person) => person.teams.includes(team.slug))
      .map((person) => ({ login: person.githubLogin, role: 'member' as const })),
    createdAt,
  }));
}
