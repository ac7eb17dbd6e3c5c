import type { Actor } from './actor.ts';
import type { Identity } from './git/objects.ts';
import type { Account } from './types.ts';
import { actorLogin, type GitHubWorld } from './world.ts';

/** Who commits on behalf of GitHub's own pages and API. */
export function gitHubIdentity(world: GitHubWorld): Identity {
  return { name: 'GitHub', email: 'noreply@github.com', ...timeOf(world) };
}

/** How an account signs its commits: `ID+login@users.noreply.github.com` where it shows no address. */
export function identityOf(world: GitHubWorld, login: string): Identity {
  const account = world.state.account(login);
  const name = account?.type === 'Bot' ? account.login : (account?.name ?? login);
  return { name, email: account?.email ?? noReply(account?.id ?? 0, login), ...timeOf(world) };
}

export function actorIdentity(world: GitHubWorld, actor: Actor): Identity {
  return identityOf(world, actorLogin(world, actor));
}

/** The account that GitHub links a commit's author to, by address. */
export function accountByEmail(world: GitHubWorld, email: string): Account | undefined {
  const noReplyLogin = /^(?:\d+\+)?(.+)@users\.noreply\.github\.com$/.exec(email)?.[1];
  if (noReplyLogin !== undefined) return world.state.account(noReplyLogin);
  return [...world.state.accounts.values()].find((account) => account.email === email);
}

export function noReply(id: number, login: string): string {
  return `${id}+${login}@users.noreply.github.com`;
}

function timeOf(world: GitHubWorld): Pick<Identity, 'seconds' | 'zone'> {
  return { seconds: Math.floor(world.now() / 1000), zone: '+0000' };
}
