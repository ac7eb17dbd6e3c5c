import type { GitHubLogin } from '../../../domain/ids.ts';

/** GitHub compares logins without regard to case. */
export function toLogin(login: string): GitHubLogin {
  return login.toLowerCase() as GitHubLogin;
}
