import type { Change } from '../../src/domain/change/change.ts';
import type { Deed } from '../../src/domain/change/record.ts';
import type { JobDeps } from '../deps.ts';
import type { Log } from '../ports.ts';
import { withLedger } from './change-scene.ts';
import { ledgerPlace } from './ledger-place.ts';
import { recordId } from './record-id.ts';
import type { ChangeScene, Step } from './scene.ts';

type Deps = JobDeps & { readonly log: Log };
type Ended = Extract<Deed, { kind: 'ended' }>;

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Ends a change that is over: all of it merged, all of it closed, a newer promotion in its place, or too old. Its open
 * pull requests are closed once the end is recorded.
 */
export async function endIfOver(deps: Deps, scene: ChangeScene): Promise<Step> {
  const { repo, change, known, facts } = scene;
  if (change.ended !== undefined) return closeLeft(deps, scene);
  const end = endOf(scene);
  if (end === undefined) return false;
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
  const { change, changes, known, facts, parts } = scene;
  const pulls = parts.map(({ pull }) => pull?.state);
  if (pulls.every((state) => state === 'merged')) return { why: 'done' };
  const newer = [...changes.values()].find((other) => takesItsPlace(other, scene));
  if (newer !== undefined) return { why: 'superseded', supersededBy: newer.number };
  // What somebody closed is not opened again; a part that is to come waits for nothing then.
  if (pulls.includes('closed') && !pulls.includes('open')) return { why: 'withdrawn' };
  const isTooOld = facts.at - Date.parse(change.openedAt) > known.policy.changes.expireAfterDays * DAY_MS;
  if (isTooOld && !pulls.includes('merged')) return { why: 'expired' };
  // One that changes production no more, after a further push, is no change any more.
  const isHarmless = parts.some(({ production }) => production?.kind === 'none');
  return isHarmless && change.pull !== undefined ? { why: 'withdrawn' } : undefined;
}

/** A promotion that was asked for later and goes to a place where this one has not merged yet. */
function takesItsPlace(other: Change, { change, parts }: ChangeScene): boolean {
  if (other.number <= change.number || other.ended?.why === 'withdrawn' || other.ended?.why === 'expired') {
    return false;
  }
  if (other.what.kind !== 'promotion' || change.what.kind !== 'promotion') return false;
  const places = new Set(other.places.map(({ name }) => name));
  return parts.some(
    ({ place, pull }) => place !== undefined && pull?.state !== 'merged' && places.has(place),
  );
}

/** Pull requests of ours that are left of an ended change; those that somebody opened are theirs. */
async function closeLeft({ changes }: Deps, { repo, change, parts }: ChangeScene): Promise<Step> {
  if (change.pull !== undefined) return false;
  const left = parts.flatMap(({ pull }) => (pull?.state === 'open' ? [pull.number] : []));
  for (const number of left) await changes.close(repo, number);
  return left.length > 0 && { next: undefined };
}
