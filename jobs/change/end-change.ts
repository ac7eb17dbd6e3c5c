import type { Deed } from '../../src/domain/change/record.ts';
import type { JobDeps } from '../deps.ts';
import type { Log } from '../ports.ts';
import { withLedger } from './change-scene.ts';
import { ledgerPlace } from './ledger-place.ts';
import { recordId } from './record-id.ts';
import type { ChangeScene, Part, Step } from './scene.ts';

type Deps = JobDeps & { readonly log: Log };
type Ended = Extract<Deed, { kind: 'ended' }>;

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Ends a change that is over: all of it merged, all of it closed, a newer promotion in its place, or too old. Its open
 * pull requests are closed once the end is recorded.
 */
export async function endIfOver(deps: Deps, scene: ChangeScene): Promise<Step> {
  const { repo, change, known, facts, ledger: before } = scene;
  if (change.ended !== undefined) return closeParts(deps, scene, () => true);
  // A damaged ledger takes no record, and nothing is closed for what is not recorded.
  if (before.damage.length > 0) return false;
  const end = endOf(scene);
  if (end === undefined) return closeParts(deps, scene, ({ replacedBy }) => replacedBy !== undefined);
  const { ledger } = await deps.book.append(ledgerPlace(repo, known.policy), () => ({
    id: recordId(repo, `ended-${change.number}`),
    at: new Date(facts.at).toISOString(),
    policy: known.commit,
    deed: { kind: 'ended', change: change.number, by: undefined, supersededBy: undefined, ...end },
  }));
  deps.log.info({ repo, change: change.number, ...end }, 'a change has ended');
  return { next: await withLedger(deps, scene, ledger) };
}

function endOf(scene: ChangeScene): (Pick<Ended, 'why'> & Partial<Ended>) | undefined {
  const { change, known, facts, parts } = scene;
  // Of what a newer promotion has taken over nothing more comes; the rest decides.
  const replaced =
    change.pull === undefined ? parts.filter(({ replacedBy }) => replacedBy !== undefined) : [];
  const pulls = parts.filter((part) => !replaced.includes(part)).map(({ pull }) => pull?.state);
  if (pulls.length === 0) return { why: 'superseded', supersededBy: replaced.at(-1)?.replacedBy };
  if (pulls.every((state) => state === 'merged')) return { why: 'done' };
  // What somebody closed is not opened again; a part that is to come waits for nothing then.
  if (pulls.includes('closed') && !pulls.includes('open')) return { why: 'withdrawn' };
  const isTooOld = facts.at - Date.parse(change.openedAt) > known.policy.changes.expireAfterDays * DAY_MS;
  if (isTooOld && !pulls.includes('merged')) return { why: 'expired' };
  // One that changes production no more, after a further push, is no change any more.
  const isHarmless = parts.some(({ production }) => production?.kind === 'none');
  return isHarmless && change.pull !== undefined ? { why: 'withdrawn' } : undefined;
}

/** Pull requests of ours of which nothing more comes; those that somebody opened are theirs. */
async function closeParts(
  { changes }: Deps,
  { repo, change, parts }: ChangeScene,
  isOver: (part: Part) => boolean,
): Promise<Step> {
  if (change.pull !== undefined) return false;
  const left = parts.filter(isOver).flatMap(({ pull }) => (pull?.state === 'open' ? [pull.number] : []));
  for (const number of left) await changes.close(repo, number);
  return left.length > 0 && { next: undefined };
}
