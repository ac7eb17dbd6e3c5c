import type { RequestId, SlackUserId } from '../../src/domain/ids.ts';
import { clustersOf } from '../../src/domain/rollout/cluster-progress.ts';
import { PermanentError } from '../../src/errors.ts';
import { requestLiveNote } from '../../src/views/request-live-note.ts';
import type { RolloutStory } from '../../src/views/rollout-message.ts';
import type { JobDeps } from '../deps.ts';
import type { Understood } from '../known-platform.ts';
import { said } from '../onboard/keys.ts';
import type { Log, SlackPlace, SlackText } from '../ports.ts';
import type { Rollout } from './rollout.ts';

type Deps = Pick<JobDeps, 'github' | 'speaker'> & { readonly log: Log };

/** A request may have waited this long for its merge, in milliseconds. */
const BEFORE_MERGE_MS = 90 * 24 * 60 * 60_000;

/** Tells a tenant request's thread and its asker where it is live, once; nothing for other pull requests. */
export async function tellRequest(
  deps: Deps,
  { repo, parts }: Rollout,
  { outcome, progress, startedAt }: RolloutStory,
  { policy }: Understood,
): Promise<void> {
  const [part] = parts;
  if (part === undefined || outcome.kind !== 'applied') return;
  const clusters = clustersOf(progress).flatMap(({ cluster }) => cluster ?? []);
  if (clusters.length === 0) return;
  const pull = await deps.github.readPull(repo, part.pull.number);
  if (!pull?.ours || pull.requestId === undefined) return;
  const text = requestLiveNote({ pullRequest: pull, clusters, tookMs: outcome.tookMs });
  const since = startedAt - BEFORE_MERGE_MS;
  const channel = policy.channels.requests;
  await inThread(deps, pull.requestId, channel, text, since);
  if (pull.requestedBy) await toAsker(deps, pull.requestId, pull.requestedBy, text, since);
}

async function inThread(
  deps: Deps,
  id: RequestId,
  channel: string,
  text: SlackText,
  since: number,
): Promise<void> {
  try {
    const message = await deps.speaker.find(said.message(id), { kind: 'channel', channel }, since);
    if (message !== undefined)
      await say(deps, `${said.message(id)}:live`, { kind: 'thread', ...message }, text, since);
  } catch (error) {
    // The channel is the policy's business; the asker is told all the same.
    if (!(error instanceof PermanentError)) throw error;
    deps.log.warn({ err: error, channel }, 'cannot tell in its thread that a request is live');
  }
}

async function toAsker(
  deps: Deps,
  id: RequestId,
  user: SlackUserId,
  text: SlackText,
  since: number,
): Promise<void> {
  try {
    await say(deps, `${said.end(id)}:live`, { kind: 'person', user }, text, since);
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    deps.log.warn({ err: error, user }, 'cannot tell an asker that their request is live');
  }
}

async function say(
  { speaker }: Deps,
  key: string,
  place: SlackPlace,
  text: SlackText,
  since: number,
): Promise<void> {
  await speaker.sayOnce(key, place, text, { since });
}
