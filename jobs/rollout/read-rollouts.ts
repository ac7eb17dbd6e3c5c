import type { Change } from '../../src/domain/change/change.ts';
import { changesOf } from '../../src/domain/change/changes-of.ts';
import { accountsOf } from '../../src/domain/change/identities.ts';
import { overtakenBy } from '../../src/domain/change/overtaken-by.ts';
import type { PersonRef } from '../../src/domain/change/record.ts';
import { toCome } from '../../src/domain/change/to-come.ts';
import type { RepoName, SlackUserId } from '../../src/domain/ids.ts';
import { allManagementClusters } from '../../src/domain/rollout/management-clusters.ts';
import { stillDeclared } from '../../src/domain/rollout/still-declared.ts';
import { PermanentError } from '../../src/errors.ts';
import { isAncestor } from '../change/is-ancestor.ts';
import { ledgerPlace } from '../change/ledger-place.ts';
import type { JobDeps } from '../deps.ts';
import { type CommittedPlatform, knownPlatform, type Understood } from '../known-platform.ts';
import type { Log } from '../ports.ts';
import { mayRollOut } from './may-roll-out.ts';
import { planMerge } from './plan-merge.ts';
import { type Rollout, type RolloutPart, rolloutKeyOf, stageOf } from './rollout.ts';
import type { MergedPull } from './rollout-ports.ts';
import { isSettled, putOff, settle } from './settled.ts';

type Planning = Pick<JobDeps, 'releases' | 'changes' | 'memory'>;
type Deps = Planning &
  Pick<JobDeps, 'github' | 'snapshots' | 'book' | 'merges' | 'marks'> & { readonly log: Log };

/** So many of the last merges are followed where they are no production change. */
const RECENT = 50;

export interface RolloutsRead {
  readonly rollouts: readonly Rollout[];
  /** Keys of those of which GitHub does not show every merge yet that the ledger tells of. */
  readonly lagging: ReadonlySet<string>;
  readonly known: CommittedPlatform;
  /** Milliseconds since the epoch by GitHub's clock. */
  readonly at: number;
}

/** Plans of merges, which never change but for what overtook them. */
export type PlannedParts = Map<string, RolloutPart>;

/**
 * All that is rolling out, or has just ended and was not told of: the ledger's merges, and the last ones on GitHub that
 * change nothing in production. Undefined while the policy has mistakes.
 *
 * @param quiet pull requests that are followed and change nothing in production, however many were merged since.
 */
export async function readRollouts(
  deps: Deps,
  repo: RepoName,
  planned: PlannedParts,
  quiet: readonly number[] = [],
): Promise<RolloutsRead | undefined> {
  const known = await knownPlatform(deps, repo);
  if (known.kind === 'invalid') return undefined;
  const { records } = await deps.book.read(ledgerPlace(repo, known.policy));
  const changes = [...changesOf(records).values()];
  const longestMs = known.policy.rollout.longestMinutes * 60_000;
  const mayRoll = changes.filter(mayRollOut);
  const numbers = [...mayRoll.flatMap(({ merged }) => merged.map(({ pull }) => pull)), ...quiet];
  const { at, defaultBranch, merges } = await deps.merges.readMerges(repo, { recent: RECENT, numbers });
  const reading = { repo, known, planned, changes };
  const rollouts: Rollout[] = [];
  const lagging = new Set<string>();
  const add = async (stage: string, plan: () => Promise<Rollout | undefined>) => {
    const rollout = (await isSettled(deps, stage)) ? undefined : await unlessUnplannable(deps, stage, plan);
    if (rollout !== undefined) rollouts.push(rollout);
  };
  for (const change of mayRoll) {
    if (change.merged.every(({ pull }) => merges.has(pull)))
      await add(stageOf(repo, change), () => ofChange(deps, reading, change, merges));
    else lagging.add(rolloutKeyOf.change(repo, change.number));
  }
  const inChanges = new Set(changes.flatMap(({ merged }) => merged.map(({ pull }) => pull)));
  for (const pull of merges.values()) {
    const isOurs = pull.base === defaultBranch && at - pull.at < longestMs && !inChanges.has(pull.number);
    if (isOurs) await add(rolloutKeyOf.pull(repo, pull.number), () => ofPull(deps, reading, pull));
  }
  return { rollouts, lagging, known, at };
}

/** One that cannot be planned stops no other, and is tried again after a while. */
async function unlessUnplannable(
  deps: Deps,
  stage: string,
  plan: () => Promise<Rollout | undefined>,
): Promise<Rollout | undefined> {
  try {
    const rollout = await plan();
    if (rollout === undefined) await settle(deps, stage);
    return rollout;
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    deps.log.error({ err: error, rollout: stage }, 'cannot tell where a merge goes');
    await putOff(deps, stage);
    return undefined;
  }
}

interface Reading {
  readonly repo: RepoName;
  readonly known: CommittedPlatform;
  readonly planned: PlannedParts;
  readonly changes: readonly Change[];
}

/** The rollout of a change, as far as it is merged; undefined where no cluster sees anything of it. */
export async function ofChange(
  deps: Planning,
  reading: Reading,
  change: Change,
  merges: ReadonlyMap<number, MergedPull>,
): Promise<Rollout | undefined> {
  const { repo, known, planned, changes } = reading;
  const parts: RolloutPart[] = [];
  for (const { pull, subject } of change.merged) {
    const merge = merges.get(pull);
    if (merge === undefined) continue;
    const recorded = change.applied.get(pull);
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
  const { what, requester, merged } = change;
  const approvers = merged.flatMap(({ approvedBy }) => approvedBy);
  return {
    key: rolloutKeyOf.change(repo, change.number),
    stage: stageOf(repo, change),
    repo,
    change,
    version: what.kind === 'promotion' ? what.tag : undefined,
    parts,
    toCome: toCome(change),
    requestedBy: slackOf(requester, known),
    approvedBy: [...new Set(approvers.flatMap((each) => slackOf(each, known) ?? []))],
  };
}

/** The rollout of a merge that is no production change; undefined where it is none that follows the default branch. */
export async function ofPull(
  deps: Planning,
  reading: Reading,
  pull: MergedPull,
): Promise<Rollout | undefined> {
  const { repo, known, planned } = reading;
  const merge = { repo, pull, subject: undefined, recorded: undefined, supersededBy: undefined };
  const part = await plannedPart(deps, planned, known, merge);
  const turnsTag = part.plan.managements.some(({ legs }) => legs.some(({ isOpen: open }) => open));
  // A production change has a record, or gets one in a moment.
  if (part.plan.managements.length === 0 || turnsTag) return undefined;
  return {
    key: rolloutKeyOf.pull(repo, pull.number),
    stage: rolloutKeyOf.pull(repo, pull.number),
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
  deps: Planning,
  planned: PlannedParts,
  known: CommittedPlatform,
  merge: Parameters<typeof planMerge>[1],
): Promise<RolloutPart> {
  const key = `${merge.pull.number} ${merge.pull.commit}`;
  const before = planned.get(key);
  const part = before?.isSure ? before : await planMerge(deps, merge, known);
  planned.set(key, part);
  const { recorded, supersededBy } = merge;
  const plan = await asDeclared(deps, merge, part, known);
  return { ...part, recorded, plan: { ...plan, supersededBy } };
}

/** What the default branch has given up since is not waited for. Its snapshot may be older than the merge. */
async function asDeclared(
  deps: Planning,
  { repo, pull }: Parameters<typeof planMerge>[1],
  { plan }: RolloutPart,
  { commit, platform, policy }: CommittedPlatform,
): Promise<RolloutPart['plan']> {
  const later = stillDeclared(plan, platform, allManagementClusters(policy, platform));
  const isSame = JSON.stringify(later) === JSON.stringify(plan);
  if (isSame || commit === pull.commit) return plan;
  return (await isAncestor(deps, repo, pull.commit, commit)) ? later : plan;
}

/** A person's Slack id: as recorded, or by the policy's map. */
function slackOf(ref: PersonRef, { policy }: Understood): SlackUserId | undefined {
  const accounts = accountsOf(ref, policy);
  return ref.slack ?? (accounts.kind === 'accounts' ? accounts.slackIds[0] : undefined);
}
