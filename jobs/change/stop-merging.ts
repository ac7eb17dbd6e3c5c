import type { Deed } from '../../src/domain/change/record.ts';
import { checkOutput } from '../../src/views/change/check-output.ts';
import type { JobDeps } from '../deps.ts';
import { reportCheck } from './report-check.ts';
import type { ChangeScene } from './scene.ts';
import { sheetOf } from './sheet-of.ts';

/** Deeds after which nothing of the change may merge until it was looked at anew. */
const STOPS: readonly Deed['kind'][] = ['rejected', 'taken-back', 'held', 'ended'];

/**
 * Turns the check back at once, so that a merge under way elsewhere is refused by GitHub. It is done whatever the check
 * said when the scene was read: it may have turned green since, and what is read now may be half a minute old.
 */
export async function stopMerging(
  { changes }: Pick<JobDeps, 'changes'>,
  scene: ChangeScene,
  deed: Deed,
): Promise<void> {
  if (!STOPS.includes(deed.kind)) return;
  const sheet = sheetOf(scene);
  for (const { pull } of scene.parts) {
    const part = sheet.parts.find((each) => each.pull?.number === pull?.number);
    if (pull?.state !== 'open' || part === undefined) continue;
    const { repo, head } = pull;
    const output = checkOutput({ kind: 'change', sheet, part });
    await reportCheck(changes, { repo, head, ownCheck: undefined }, 'waits', output);
  }
}
