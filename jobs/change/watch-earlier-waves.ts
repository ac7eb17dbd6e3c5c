import type { JobDeps } from '../deps.ts';
import type { Log } from '../ports.ts';
import { announceMerge } from '../rollout/announce-merge.ts';
import { lookAround } from '../rollout/look-around.ts';
import { ofChange } from '../rollout/read-rollouts.ts';
import { recordOutcomes } from '../rollout/record-outcomes.ts';
import { rolloutKeyOf } from '../rollout/rollout.ts';
import { storyOf } from '../rollout/story-of.ts';
import type { ChangeScene, Step } from './scene.ts';

/** How often the clusters of earlier waves are looked at while a later one waits, in milliseconds. */
const EVERY_MS = 15_000;

/**
 * Sees that what an earlier wave brought still runs, while a later one is to come: nobody follows a rollout that has
 * ended, and what fails while it soaks must keep the next wave shut. A failure is recorded, and followed from then on.
 */
export async function watchEarlierWaves(
  deps: JobDeps & { readonly log: Log },
  { repo, known, change, changes }: ChangeScene,
): Promise<Step> {
  const { merged, applied, places, ended } = change;
  const isBetween = ended === undefined && merged.length > 0 && merged.length < places.length;
  if (!isBetween || !merged.every(({ pull }) => applied.has(pull))) return false;
  if (!(await deps.marks.set(`waves:${rolloutKeyOf.change(repo, change.number)}`, EVERY_MS))) return false;
  const numbers = merged.map(({ pull }) => pull);
  const { at, merges } = await deps.merges.readMerges(repo, { recent: 1, numbers });
  const reading = { repo, known, planned: new Map(), changes: [...changes.values()] };
  const rollout = await ofChange(deps, reading, change, merges);
  if (rollout === undefined) return false;
  const tracks = await lookAround(deps, rollout, known, at - Date.now());
  const told = storyOf(rollout, tracks, known.policy, at);
  if (!(await recordOutcomes(deps, { rollout, told, known, now: at }))) return false;
  await announceMerge(deps, repo);
  return { next: undefined };
}
