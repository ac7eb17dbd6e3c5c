import { changeOfPull } from '../src/domain/change/change-of-pull.ts';
import { changesOf, nextChangeNumber } from '../src/domain/change/changes-of.ts';
import { environmentsFollowing } from '../src/domain/change/followed-branch.ts';
import type { ProductionChange } from '../src/domain/change/production-change.ts';
import type { PullFacts } from '../src/domain/change/pull-facts.ts';
import type { Deed } from '../src/domain/change/record.ts';
import { RetryableError } from '../src/errors.ts';
import { checkOutput } from '../src/views/change/check-output.ts';
import type { ChangeFactsRead } from './change/change-ports.ts';
import { classifyPull } from './change/classify-pull.ts';
import { ledgerPlace } from './change/ledger-place.ts';
import { lookAtPullPayload } from './change/payloads.ts';
import { recordId } from './change/record-id.ts';
import { reportCheck } from './change/report-check.ts';
import type { JobDeps } from './deps.ts';
import { type Job, job } from './job.ts';
import { type CommittedPlatform, freshPlatform, knownPlatform } from './known-platform.ts';
import type { Log } from './ports.ts';
import { announceMerge } from './rollout/announce-merge.ts';
import { rolloutKeyOf } from './rollout/rollout.ts';
import { isSettled } from './rollout/settled.ts';
import { markSeen, pullObject } from './seen.ts';

/**
 * Looks at one pull request, whoever opened it: one that changes nothing in production gets its green check at once,
 * any other becomes a change.
 */
export function lookAtPull(deps: JobDeps): Job {
  return job({
    name: 'look-at-pull',
    queue: 'looks',
    schema: lookAtPullPayload,
    run: async ({ repo, number }, { log }) => {
      const facts = await deps.changes.readChangeFacts(repo, { pulls: [number], branches: [], tags: [] });
      const pull = facts.pulls.get(number);
      if (pull === undefined) return;
      const known = await currentPlatform(deps, facts, pull);
      if (known === undefined) {
        if (pull.state === 'open')
          await reportCheck(deps.changes, pull, 'waits', checkOutput({ kind: 'policy-invalid' }));
        return;
      }
      const ledger = await deps.book.read(ledgerPlace(repo, known.policy), { maxAgeMs: LEDGER_AGE_MS });
      const change = changeOfPull(changesOf(ledger.records).values(), pull);
      if (change !== undefined) {
        await deps.hints.lookAtChange(repo, change.number);
      } else if (!(await becomesChange(deps, pull, facts, known, log)) && pull.state === 'open') {
        await reportCheck(deps.changes, pull, 'passes', checkOutput({ kind: 'none' }));
      }
      if (pull.state === 'merged' && pull.base === facts.defaultBranch)
        await followMerge(deps, pull, known, facts.at);
      await markSeen(deps.marks, pullObject(repo, number), pull.updatedAt);
    },
  });
}

/** Every merge is followed to the clusters, be it a production change or not. */
async function followMerge(
  deps: JobDeps,
  { repo, number, merged }: PullFacts,
  { policy }: CommittedPlatform,
  now: number,
): Promise<void> {
  const ageMs = merged === undefined ? Number.POSITIVE_INFINITY : now - Date.parse(merged.at);
  if (ageMs > policy.rollout.longestMinutes * 60_000) return;
  if (!(await isSettled(deps, rolloutKeyOf.pull(repo, number)))) await announceMerge(deps, repo);
}

/** Where nothing is decided, so many milliseconds of the ledger's age are no harm. */
const LEDGER_AGE_MS = 2_000;

/** Opens the change that a pull request is; false when it changes nothing in production. */
async function becomesChange(
  deps: JobDeps,
  pull: PullFacts,
  facts: ChangeFactsRead,
  known: CommittedPlatform,
  log: Log,
): Promise<boolean> {
  if (pull.state === 'closed') return false;
  const production = await productionOf(deps, pull, facts, known);
  if (production.kind === 'none') return false;
  const change = await openChange(deps, pull, facts, known, production);
  log.info({ repo: pull.repo, pull: pull.number, change }, 'a pull request changes production');
  await deps.hints.lookAtChange(pull.repo, change);
  return true;
}

/** The platform at the default branch's head; undefined while its policy has mistakes. */
async function currentPlatform(
  deps: JobDeps,
  facts: ChangeFactsRead,
  { repo }: PullFacts,
): Promise<CommittedPlatform | undefined> {
  const known = await knownPlatform(deps, repo);
  const fresh = known.commit === facts.baseHead ? known : await freshPlatform(deps, repo);
  return fresh.kind === 'ok' ? fresh : undefined;
}

/** Only what goes to the default branch, or to one that production follows, reaches production. */
async function productionOf(
  deps: JobDeps,
  pull: PullFacts,
  facts: ChangeFactsRead,
  known: CommittedPlatform,
): Promise<ProductionChange> {
  const { platform, policy } = known;
  const isElsewhere = pull.base !== facts.defaultBranch;
  if (isElsewhere && environmentsFollowing(pull.base, platform, policy).length === 0) return { kind: 'none' };
  return classifyPull(deps, pull, facts.baseHead, known);
}

async function openChange(
  deps: JobDeps,
  pull: PullFacts,
  facts: ChangeFactsRead,
  known: CommittedPlatform,
  production: Extract<ProductionChange, { kind: 'production' }>,
): Promise<number> {
  const { ledger } = await deps.book.append(ledgerPlace(pull.repo, known.policy), (current) => {
    if (changeOfPull(changesOf(current.records).values(), pull) !== undefined) return undefined;
    return {
      id: recordId(pull.repo, `pull-${pull.number}-${nextChangeNumber(current.records)}`),
      at: new Date(facts.at).toISOString(),
      policy: known.commit,
      deed: openedByHand(nextChangeNumber(current.records), pull, production),
    };
  });
  const change = changeOfPull(changesOf(ledger.records).values(), pull);
  // Opened and ended since the pull request was read: what is so now decides.
  if (change === undefined)
    throw new RetryableError(`failed to open a change for ${pull.repo}#${pull.number}: it moved on`, {
      retryInMs: 1_000,
    });
  return change.number;
}

/** A pull request that turns sources to one tag, and does nothing else, is a promotion, whoever made it. */
function openedByHand(
  number: number,
  pull: PullFacts,
  { turned, direct, why }: Extract<ProductionChange, { kind: 'production' }>,
): Extract<Deed, { kind: 'opened' }> {
  const tags = new Set<string | undefined>(
    turned.map(({ after: { ref } }) => (ref.kind === 'tag' ? ref.tag : undefined)),
  );
  const [tag] = tags;
  const turnsOnly = direct.length === 0 && why.every((reason) => reason === 'turned-source');
  const isPromotion = tags.size === 1 && tag !== undefined && turnsOnly;
  return {
    kind: 'opened',
    change: number,
    what: isPromotion ? { kind: 'promotion', tag, automatic: false, back: false } : { kind: 'other' },
    // Who asked for one of ours stood in a record that is gone: nobody is known to be somebody else.
    requester: { slack: undefined, login: pull.ours ? undefined : pull.author },
    places: [],
    pull: pull.number,
    externalNumber: undefined,
  };
}
