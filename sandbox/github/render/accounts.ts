import type { GitHubWorld } from '../world.ts';

const endpoints = {
  followers_url: 'followers',
  following_url: 'following{/other_user}',
  gists_url: 'gists{/gist_id}',
  starred_url: 'starred{/owner}{/repo}',
  subscriptions_url: 'subscriptions',
  organizations_url: 'orgs',
  repos_url: 'repos',
  events_url: 'events{/privacy}',
  received_events_url: 'received_events',
} as const;

/** GitHub's "simple-user"; a login that is no account of ours is shown as GitHub shows deleted ones, as `ghost`. */
export function renderAccount(world: GitHubWorld, login: string) {
  const account = world.state.account(login);
  const name = account?.login ?? 'ghost';
  const type = account?.type ?? 'User';
  const url = `${world.urls.api()}/users/${encodeURIComponent(name)}`;
  const path = type === 'Bot' ? `apps/${name.replace('[bot]', '')}` : name;
  return {
    login: name,
    id: account?.id ?? 10_137,
    node_id: world.state.nodeId(type, name),
    avatar_url: `${world.urls.html()}/_sandbox/avatars/${encodeURIComponent(name)}`,
    gravatar_id: '',
    url,
    html_url: `${world.urls.html()}/${path}`,
    ...Object.fromEntries(Object.entries(endpoints).map(([key, end]) => [key, `${url}/${end}`])),
    type,
    user_view_type: 'public',
    site_admin: false,
  };
}

/** GitHub's "organization-simple", as in webhooks. */
export function renderOrganizationSimple(world: GitHubWorld) {
  const { login, id } = world.state.org;
  const url = `${world.urls.api()}/orgs/${login}`;
  return {
    login,
    id,
    node_id: world.state.nodeId('Organization', login),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${world.urls.html()}/_sandbox/avatars/${login}`,
    description: '',
  };
}
