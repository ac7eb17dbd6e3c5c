import { PermanentError } from '../src/errors.ts';
import { bringUp } from './change/bring-up.ts';
import { readScene } from './change/change-scene.ts';
import { endIfOver } from './change/end-change.ts';
import { mergeIfReady } from './change/merge-part.ts';
import { nextLookMs } from './change/next-look.ts';
import { openNext } from './change/open-next.ts';
import { lookAtChangePayload } from './change/payloads.ts';
import { recordMerges } from './change/record-merges.ts';
import type { ChangeScene, Step } from './change/scene.ts';
import { watchEarlierWaves } from './change/watch-earlier-waves.ts';
import type { JobDeps } from './deps.ts';
import { type Job, type JobContext, job } from './job.ts';

/**
 * Looks at one change and does what is missing, one step a time: what was merged is recorded, what is over is ended,
 * the next pull request is opened, what may merge merges, and people are shown where it stands. After a step that
 * changes what decides, it is looked at anew; after a record of our own, at what was read before with that record.
 */
export function lookAtChange(deps: JobDeps): Job {
  return job({
    name: 'look-at-change',
    queue: 'looks',
    schema: lookAtChangePayload,
    run: async ({ repo, number }, context) => {
      const read = await readScene(deps, repo, number);
      if (read.kind === 'scene') await lookOn(deps, read.scene, context);
    },
  });
}

/** The same from what was read already, for whoever has just recorded something about the change. */
export async function lookOn(deps: JobDeps, from: ChangeScene, context: JobContext): Promise<void> {
  const { repo, change } = from;
  let scene = from;
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    const done = await stepOrTrouble(deps, scene, context);
    if (done === false || 'code' in done) {
      await bringUp(deps, scene, context.log, done === false ? undefined : done.code);
      const delayMs = nextLookMs(scene);
      if (delayMs !== undefined) await deps.hints.lookAtChange(repo, change.number, { delayMs });
      return;
    }
    if (done.next !== undefined) scene = done.next;
    else {
      const read = await readScene(deps, repo, change.number);
      if (read.kind !== 'scene') return;
      scene = read.scene;
    }
  }
  await deps.hints.lookAtChange(repo, change.number, { delayMs: 1_000 });
}

/** As many as a change of several pull requests can need at once. */
const MOST_STEPS = 12;

/** What cannot be done is told with the change; it holds up nothing else of it. */
async function stepOrTrouble(
  deps: JobDeps,
  scene: ChangeScene,
  context: JobContext,
): Promise<Step | { readonly code: string }> {
  try {
    return await step(deps, scene, context);
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    const { repo, change } = scene;
    context.log.error({ err: error, repo, change: change.number }, 'a change cannot go on');
    return { code: error.code };
  }
}

async function step(deps: JobDeps, scene: ChangeScene, { log }: JobContext): Promise<Step> {
  const told = { ...deps, log };
  return (
    (await recordMerges(told, scene)) ||
    (await endIfOver(told, scene)) ||
    (await watchEarlierWaves(told, scene)) ||
    (await openNext(told, scene)) ||
    (await mergeIfReady(told, scene))
  );
}
