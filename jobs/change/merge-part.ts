import type { PullFacts } from '../../src/domain/change/pull-facts.ts';
import { RetryableError } from '../../src/errors.ts';
import { checkOutput } from '../../src/views/change/check-output.ts';
import type { JobDeps } from '../deps.ts';
import type { Log } from '../ports.ts';
import { readScene } from './change-scene.ts';
import { recordMerge } from './record-merges.ts';
import { reportCheck } from './report-check.ts';
import type { ChangeScene, Part } from './scene.ts';
import { sheetOf } from './sheet-of.ts';

type Deps = JobDeps & { readonly log: Log };

/**
 * Merges the first pull request that nothing keeps any more. The order is what makes it safe: the check turns green,
 * every gate is read again, and the merge names the head that was approved. Where a gate has closed meanwhile, the
 * check turns back.
 *
 * @returns whether something was done that makes another scene of it.
 */
export async function mergeIfReady(deps: Deps, scene: ChangeScene): Promise<boolean> {
  const ready = scene.parts.find(isReady);
  if (ready?.pull === undefined) return false;
  const { number } = ready.pull;
  await reportCheck(deps.changes, ready.pull, 'passes', outputOf(scene, ready));
  const again = await readScene(deps, scene.repo, scene.change.number, { isFresh: true });
  const part =
    again.kind === 'scene' ? again.scene.parts.find(({ pull }) => pull?.number === number) : undefined;
  if (again.kind !== 'scene' || part?.pull === undefined) return true;
  if (!isReady(part) || part.pull.head !== ready.pull.head) {
    if (part.pull.state === 'open')
      await reportCheck(deps.changes, part.pull, 'waits', outputOf(again.scene, part));
    return true;
  }
  await merge(deps, again.scene, part, part.pull);
  return true;
}

function isReady({ pull, gates, subject, tally }: Part): boolean {
  return (
    pull?.state === 'open' &&
    !pull.isInMergeQueue &&
    subject !== undefined &&
    tally?.isEnough === true &&
    gates.length === 0
  );
}

async function merge(
  deps: Deps,
  scene: ChangeScene,
  { subject, tally }: Part,
  { number, head, title }: PullFacts,
): Promise<void> {
  const { repo, change } = scene;
  const message = `Change ${change.number}`;
  const result = await deps.changes.merge({ repo, number, head, title, message });
  deps.log.info({ repo, pull: number, change: change.number, result: result.kind }, 'asked GitHub to merge');
  if (result.kind === 'merged') {
    const approvedBy = tally?.given.map(({ by }) => by) ?? [];
    await recordMerge(deps.book, scene, {
      pull: number,
      commit: result.commit,
      subject,
      past: undefined,
      approvedBy,
    });
  }
  if (result.kind === 'queue-required') await deps.changes.enqueue(repo, number, head);
  // What GitHub does not take now is looked at again, by what it shows then.
  if (result.kind === 'refused' || result.kind === 'head-moved') {
    throw new RetryableError(`${repo}#${number} was not merged: ${result.kind}`, { retryInMs: 5_000 });
  }
}

function outputOf(scene: ChangeScene, part: Part) {
  const sheet = sheetOf(scene);
  const shown = sheet.parts.find(({ pull }) => pull?.number === part.pull?.number);
  return checkOutput(shown === undefined ? { kind: 'none' } : { kind: 'change', sheet, part: shown });
}
