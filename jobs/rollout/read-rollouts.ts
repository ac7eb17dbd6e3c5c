import type { Change } from '../../src/domain/change/change.ts';
import { changesOf } from '../../src/domain/change/changes-of.ts';
import { accountsOf } from '../../src/domain/change/identities.ts';
import { overtakenBy } from '../../src/domain/change/overtaken-by.ts';
import type { PersonRef } from '../../src/domain/change/record.ts';
import type { RepoName, SlackUserId } from '../../src/domain/ids.ts';
import { ledgerPlace } from '../change/ledger-place.ts';
import type { JobDeps } from '../deps.ts';
import { type CommittedPlatform, knownPlatform, type Understood } from '../known-platform.ts';
import { mayRollOut } from './may-roll-out.ts';
import { planMerge } from './plan-merge.ts';
import { type Rollout, type RolloutPart, rolloutKeyOf } from './rollout.ts';
import type { MergedPull } from './rollout-ports.ts';
import { isSettled, settle } from './settled.ts';

type Deps = Pick<JobDeps, 'github' | 'snapshots' | 'releases' | 'changes' | 'book' | 'merges' | 'marks'>;

/** So many of the last merges are followed where they are no production change. */
const RECENT = 20;

export interface RolloutsRead {
  readonly rollouts: readonly Rollout[];
  readonly known: CommittedPlatform;
  /** Milliseconds since the epoch by GitHub's clock. */
  readonly at: number;
}

/** Plans of merges, which never change but for what overtook them. */
export type PlannedParts = Map<string, RolloutPart>;

/**
 * All that is rolling out, or has just ended and was not told of: the ledger's merges, and the last ones on GitHub that
 * change nothing in production. Undefined while the policy has mistakes.
 */
export async function readRollouts(
  deps: Deps,
  repo: RepoName,
  planned: PlannedParts,
): Promise<RolloutsRead | undefined> {
  const known = await knownPlatform(deps, repo);
  if (known.kind === 'invalid') return undefined;
  const { records } = await deps.book.read(ledgerPlace(repo, known.policy));
  const changes = [...changesOf(records).values()];
  const longestMs = known.policy.rollout.longestMinutes * 60_000;
  const mayRoll = changes.filter(mayRollOut);
  const numbers = mayRoll.flatMap(({ merged }) => merged.map(({ pull }) => pull));
  const { at, defaultBranch, merges } = await deps.merges.readMerges(repo, { recent: RECENT, numbers });
  const reading = { repo, known, planned, changes, at };
  const rollouts: Rollout[] = [];
  for (const change of mayRoll) {
    const key = rolloutKeyOf.change(repo, change.number);
    if (await isSettled(deps, key)) continue;
    const rollout = await ofChange(deps, reading, change, merges);
    if (rollout === undefined) await settle(deps, key);
    else rollouts.push(rollout);
  }
  const inChanges = new Set(changes.flatMap(({ merged }) => merged.map(({ pull }) => pull)));
  for (const pull of merges.values()) {
    const isOurs = pull.base === defaultBranch && at - pull.at < longestMs && !inChanges.has(pull.number);
    const key = rolloutKeyOf.pull(repo, pull.number);
    if (!isOurs || (await isSettled(deps, key))) continue;
    const quiet = await ofPull(deps, reading, pull);
    if (quiet === undefined) await settle(deps, key);
    else rollouts.push(quiet);
  }
  return { rollouts, known, at };
}

interface Reading {
  readonly repo: RepoName;
  readonly known: Understood;
  readonly planned: PlannedParts;
  readonly changes: readonly Change[];
}

/** The rollout of a change, as far as it is merged; undefined where no cluster sees anything of it. */
export async function ofChange(
  deps: Deps,
  reading: Reading,
  change: Change,
  merges: ReadonlyMap<number, MergedPull>,
): Promise<Rollout | undefined> {
  const { repo, known, planned, changes } = reading;
  const parts: RolloutPart[] = [];
  for (const { pull, subject } of change.merged) {
    const merge = merges.get(pull);
    if (merge === undefined) continue;
    const recorded = change.applied.get(pull)?.outcome;
    const supersededBy = overtakenBy(changes, change, pull);
    const part = await plannedPart(deps, planned, known, {
      repo,
      pull: merge,
      subject,
      recorded,
      supersededBy,
    });
    if (part.plan.managements.length > 0) parts.push(part);
  }
  if (parts.length === 0) return undefined;
  const { what, requester, merged, places, ended } = change;
  const approvers = merged.flatMap(({ approvedBy }) => approvedBy);
  return {
    key: rolloutKeyOf.change(repo, change.number),
    repo,
    change,
    version: what.kind === 'promotion' ? what.tag : undefined,
    parts,
    toCome: ended === undefined ? Math.max(0, places.length - merged.length) : 0,
    requestedBy: slackOf(requester, known),
    approvedBy: [...new Set(approvers.flatMap((each) => slackOf(each, known) ?? []))],
  };
}

/** The rollout of a merge that is no production change; undefined where it is none that follows the default branch. */
export async function ofPull(deps: Deps, reading: Reading, pull: MergedPull): Promise<Rollout | undefined> {
  const { repo, known, planned } = reading;
  const merge = { repo, pull, subject: undefined, recorded: undefined, supersededBy: undefined };
  const part = await plannedPart(deps, planned, known, merge);
  const turnsTag = part.plan.managements.some(({ legs }) => legs.some(({ isOpen: open }) => open));
  // A production change has a record, or gets one in a moment.
  if (part.plan.managements.length === 0 || turnsTag) return undefined;
  return {
    key: rolloutKeyOf.pull(repo, pull.number),
    repo,
    change: undefined,
    version: undefined,
    parts: [part],
    toCome: 0,
    requestedBy: undefined,
    approvedBy: [],
  };
}

async function plannedPart(
  deps: Deps,
  planned: PlannedParts,
  known: Understood,
  merge: Parameters<typeof planMerge>[1],
): Promise<RolloutPart> {
  const key = `${merge.pull.number} ${merge.pull.commit}`;
  const before = planned.get(key);
  const part = before ?? (await planMerge(deps, merge, known));
  const { recorded, supersededBy } = merge;
  const now = { ...part, recorded, plan: { ...part.plan, supersededBy } };
  planned.set(key, now);
  return now;
}

/** A person's Slack id: as recorded, or by the policy's map. */
function slackOf(ref: PersonRef, { policy }: Understood): SlackUserId | undefined {
  const accounts = accountsOf(ref, policy);
  return ref.slack ?? (accounts.kind === 'accounts' ? accounts.slackIds[0] : undefined);
}
