import { decideAnnouncement } from '../src/domain/release/decide-announcement.ts';
import { promoteRelease } from './change/promote-release.ts';
import type { JobDeps } from './deps.ts';
import { type Job, job } from './job.ts';
import { knownPlatform } from './known-platform.ts';
import { lookAtReleasePayload } from './payloads.ts';
import { describeRelease } from './release/describe-release.ts';
import { heldBackMark } from './release/keys.ts';
import { tellOfRelease } from './release/tell-of-release.ts';
import { withdrawRelease } from './release/withdraw-release.ts';
import { markSeen, releaseObject, seeAgainLater } from './seen.ts';

/** As long as a pre-release may wait to become a release, in milliseconds. */
const HELD_BACK_FOR_MS = 90 * 24 * 60 * 60 * 1000;

/** Looks at one release and brings its announcement up to it: it does not matter who published it, or what happened. */
export function lookAtRelease(deps: JobDeps): Job {
  return job({
    name: 'look-at-release',
    queue: 'looks',
    schema: lookAtReleasePayload,
    run: async ({ repo, id, tag }, { log }) => {
      const known = await knownPlatform(deps, repo);
      // Not seen before it was told of: the sweep comes back to it until the policy can be read again.
      if (known.kind === 'invalid') return;
      const { release, at } = await deps.releases.readRelease(repo, id);
      const held = heldBackMark(repo, id);
      const wasHeldBack = (await deps.marks.get(held)) !== undefined;
      const decision = decideAnnouncement(release, known.policy, at, wasHeldBack);
      if (decision.kind === 'withdraw') {
        await withdrawRelease({ ...deps, log }, { repo, id, tag, why: decision.why, at }, known);
      } else if (decision.kind === 'nothing') {
        await deps.marks.set(held, HELD_BACK_FOR_MS);
      } else if (release !== undefined) {
        const described = await describeRelease(deps, release, known, log);
        const mayPost = decision.kind === 'show';
        const isTold = await tellOfRelease({ ...deps, log }, described, known, { mayPost });
        if (mayPost) await promoteRelease({ ...deps, log }, release, known);
        if (mayPost && !isTold) {
          return seeAgainLater(deps.marks, releaseObject(repo, id), release.updatedAt);
        }
        if (wasHeldBack) await deps.marks.clear(held);
      }
      if (release) await markSeen(deps.marks, releaseObject(repo, id), release.updatedAt);
    },
  });
}
