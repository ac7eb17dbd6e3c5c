import type { Actor } from './actor.ts';
import type { Verdict } from './limits.ts';
import type { Reply } from './route.ts';
import type { GitHubWorld } from './world.ts';

const limitsPage = 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api';
const secondary =
  'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID.';

/** What GitHub answers when a limit is reached; undefined when none is. */
export function limitReply(world: GitHubWorld, actor: Actor, verdict: Verdict): Reply | undefined {
  if (verdict.kind === 'fine') return undefined;
  if (verdict.kind === 'secondary') return secondaryReply(403, verdict.retryAfter);
  const who =
    actor.kind === 'user'
      ? `user ID ${world.state.account(actor.login)?.id}`
      : `installation ID ${world.state.app.installationId}`;
  return {
    status: 403,
    body: { message: `API rate limit exceeded for ${who}.`, documentation_url: limitsPage, status: '403' },
  };
}

const messages: Readonly<Record<number, string>> = {
  401: 'Bad credentials',
  404: 'Not Found',
  405: 'Pull Request is not mergeable',
  409: 'Conflict',
  422: 'Validation Failed',
  500: 'Server Error',
  502: 'Server Error',
  503: 'Service Unavailable',
};

/** What an asked-for fault answers. @param retryAfter seconds. */
export function faultReply(status: number, retryAfter?: number): Reply {
  if (status === 429 || status === 403) return secondaryReply(status, retryAfter);
  const message = messages[status] ?? 'Server Error';
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return {
    status,
    headers,
    body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
  };
}

function secondaryReply(status: number, retryAfter?: number): Reply {
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return {
    status,
    headers,
    body: { message: secondary, documentation_url: limitsPage, status: String(status) },
  };
}
