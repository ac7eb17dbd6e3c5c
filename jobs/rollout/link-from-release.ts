import { PermanentError } from '../../src/errors.ts';
import { releaseRolloutNote } from '../../src/views/rollout-note.ts';
import type { JobDeps } from '../deps.ts';
import type { Understood } from '../known-platform.ts';
import type { Log } from '../ports.ts';
import { readAnnounced } from '../release/announced.ts';
import { said as saidOfRelease } from '../release/keys.ts';
import { said } from './keys.ts';
import type { Rollout } from './rollout.ts';

type Deps = Pick<JobDeps, 'speaker' | 'marks'> & { readonly log: Log };

/** Tells in the thread of the version's announcement where its rollout is shown. */
export async function linkFromRelease(
  { speaker, marks, log }: Deps,
  { repo, key, version, change }: Rollout,
  { policy }: Understood,
  url: string,
): Promise<void> {
  if (version === undefined || (change?.what.kind === 'promotion' && change.what.back)) return;
  const release = (await readAnnounced(marks, repo)).find(({ tag }) => tag === version);
  if (release === undefined) return;
  const since = Date.parse(release.publishedAt);
  const place = { kind: 'channel', channel: policy.channels.releases } as const;
  try {
    const announcement = await speaker.find(saidOfRelease.announcement(repo, release.id), place, since);
    if (announcement === undefined) return;
    await speaker.sayOnce(
      said.ofRelease(key),
      { kind: 'thread', ...announcement },
      releaseRolloutNote(version, url),
      { since },
    );
  } catch (error) {
    // The announcement may have been deleted, or its channel be closed to the bot.
    if (!(error instanceof PermanentError)) throw error;
    log.warn({ err: error, version }, 'cannot link a rollout from its release');
  }
}
