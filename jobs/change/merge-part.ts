import type { PullFacts } from '../../src/domain/change/pull-facts.ts';
import type { CommitSha } from '../../src/domain/ids.ts';
import { RetryableError } from '../../src/errors.ts';
import type { JobDeps } from '../deps.ts';
import type { Log } from '../ports.ts';
import { readScene, withLedger } from './change-scene.ts';
import { checkOfPart } from './check-of-part.ts';
import { recordMerge } from './record-merges.ts';
import { rememberRefusal } from './refused-merges.ts';
import { reportCheck } from './report-check.ts';
import type { ChangeScene, Part, Step } from './scene.ts';

type Deps = JobDeps & { readonly log: Log };

/**
 * Merges the first pull request that nothing keeps any more. The order is what makes it safe: the check turns green,
 * every gate is read again, and the merge names the head that was approved. Where a gate has closed meanwhile, the
 * check turns back.
 */
export async function mergeIfReady(deps: Deps, scene: ChangeScene): Promise<Step> {
  const ready = scene.parts.find(isReady);
  if (ready?.pull === undefined) return false;
  const { number } = ready.pull;
  await reportCheck(deps.changes, ready.pull, 'passes', checkOfPart(scene, number));
  const again = await readScene(deps, scene.repo, scene.change.number, { isFresh: true });
  const part =
    again.kind === 'scene' ? again.scene.parts.find(({ pull }) => pull?.number === number) : undefined;
  if (again.kind !== 'scene' || part?.pull === undefined) return { next: undefined };
  if (!isReady(part) || part.pull.head !== ready.pull.head) {
    if (part.pull.state === 'open')
      await reportCheck(deps.changes, part.pull, 'waits', checkOfPart(again.scene, number));
    return { next: undefined };
  }
  return { next: await merge(deps, again.scene, part, part.pull) };
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

/** @returns how the change stands after it; undefined where that must be read. */
async function merge(
  deps: Deps,
  scene: ChangeScene,
  { subject, tally }: Part,
  pull: PullFacts,
): Promise<ChangeScene | undefined> {
  const { repo, change } = scene;
  const { number, head, title } = pull;
  const message = `Change ${change.number}`;
  const result = await deps.changes.merge({ repo, number, head, title, message });
  deps.log.info({ repo, pull: number, change: change.number, result: result.kind }, 'asked GitHub to merge');
  if (result.kind === 'merged') {
    const approvedBy = tally?.given.map(({ by }) => by) ?? [];
    const { commit } = result;
    // What is still open stands on another base now.
    const isLast = scene.parts.every((part) => part.pull?.number === number || part.pull?.state === 'merged');
    const ledger = await recordMerge(deps, scene, {
      pull: number,
      commit,
      subject,
      past: undefined,
      approvedBy,
      ...(isLast && { last: true }),
    });
    const facts = {
      ...scene.facts,
      pulls: new Map(scene.facts.pulls).set(number, asMerged(pull, commit, scene)),
    };
    return isLast ? await withLedger(deps, scene, ledger, facts) : undefined;
  }
  if (result.kind === 'queue-required') await deps.changes.enqueue(repo, number, head);
  if (result.kind === 'refused') await rememberRefusal(deps, pull, result.message, scene.facts.at);
  // What GitHub does not take now is looked at again, by what it shows then.
  if (result.kind === 'head-moved') {
    throw new RetryableError(`${repo}#${number} was not merged: its head moved`, { retryInMs: 1_000 });
  }
  return undefined;
}

function asMerged(pull: PullFacts, commit: CommitSha, { facts }: ChangeScene): PullFacts {
  const merged = { commit, by: undefined, byUs: true, at: new Date(facts.at).toISOString() };
  return { ...pull, state: 'merged', merged };
}
