import { said } from '../change/keys.ts';
import type { JobDeps } from '../deps.ts';
import type { Log } from '../ports.ts';
import type { Rollout } from './rollout.ts';

/** Where the change is told; a rollout is told without it where Slack cannot say. */
export async function changeUrl(
  { speaker, log }: Pick<JobDeps, 'speaker'> & { readonly log: Log },
  { repo, change }: Rollout,
  channel: string,
): Promise<string | undefined> {
  if (change === undefined) return undefined;
  try {
    const key = said.message(repo, change.number);
    const message = await speaker.find(key, { kind: 'channel', channel }, Date.parse(change.openedAt));
    return message && (await speaker.linkTo(message));
  } catch (error) {
    log.warn({ err: error, change: change.number }, 'cannot link a rollout to its change');
    return undefined;
  }
}
