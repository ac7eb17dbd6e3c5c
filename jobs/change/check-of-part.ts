import { checkOutput } from '../../src/views/change/check-output.ts';
import type { ChangeScene } from './scene.ts';
import { sheetOf } from './sheet-of.ts';

/** What the check of one pull request of a change says; of one that is no part of it, that it changes nothing. */
export function checkOfPart(scene: ChangeScene, pull: number | undefined): ReturnType<typeof checkOutput> {
  const sheet = sheetOf(scene);
  const part = pull === undefined ? undefined : sheet.parts.find((each) => each.pull?.number === pull);
  return checkOutput(part === undefined ? { kind: 'none' } : { kind: 'change', sheet, part });
}
