import type { Deed } from '../../src/domain/change/record.ts';
import type { JobDeps } from '../deps.ts';
import { checkOfPart } from './check-of-part.ts';
import { reportCheck } from './report-check.ts';
import type { ChangeScene, Part } from './scene.ts';

/** Deeds after which nothing of the change may merge until it was looked at anew. */
export const STOPS: readonly Deed['kind'][] = ['rejected', 'taken-back', 'held', 'ended'];

/**
 * Turns the check back at once, so that a merge under way elsewhere is refused by GitHub. It is done whatever the check
 * said when the scene was read: it may have turned green since, and what is read now may be half a minute old.
 *
 * @param isAffected which of its pull requests; by default all.
 * @returns the pull requests as they stand then.
 */
export async function stopMerging(
  { changes }: Pick<JobDeps, 'changes'>,
  scene: ChangeScene,
  isAffected: (part: Part) => boolean = () => true,
): Promise<ChangeScene['facts']> {
  const pulls = new Map(scene.facts.pulls);
  for (const part of scene.parts) {
    const { pull } = part;
    if (pull?.state !== 'open' || !isAffected(part)) continue;
    const { repo, head, number } = pull;
    const output = checkOfPart(scene, number);
    const ownCheck = await reportCheck(changes, { repo, head, ownCheck: undefined }, 'waits', output);
    pulls.set(number, { ...pull, ownCheck });
  }
  return { ...scene.facts, pulls };
}
