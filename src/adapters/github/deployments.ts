import { LRUCache } from 'lru-cache';
import type { DeploymentReport, Deployments } from '../../../jobs/rollout/deployments-port.ts';
import { AmbiguousWriteError, PermanentError, RetryableError } from '../../errors.ts';
import {
  createDeployment,
  findDeployments,
  giveStatus,
  isSame,
  RETIRED,
  readStatuses,
  type Status,
  statusOf,
} from './deployment-calls.ts';
import type { GitHubContext } from './github-context.ts';
import { retireDeployments } from './retire-deployments.ts';

interface Standing {
  readonly id: number;
  /** Undefined when nobody knows: it is read before another is given. */
  readonly status: Status | undefined;
}

interface Memory {
  readonly standing: LRUCache<string, Standing>;
  /** Deployments of which nobody knows whether they were made. */
  readonly doubts: LRUCache<string, true>;
  readonly turns: Map<string, Promise<void>>;
}

const REMEMBERED = 500;
/** Another replica may have reported something else meanwhile. */
const REMEMBERED_MS = 300_000;
/** GitHub's reads may be this old, in milliseconds. */
const LAG_MS = 35_000;

/**
 * Deployments on GitHub. What stands is looked for before anything is written, and remembered for a while, so that a
 * report that says nothing new costs no request.
 */
export function createDeployments(context: GitHubContext): Deployments {
  const perf = { now: context.monotonic };
  const memory: Memory = {
    standing: new LRUCache({ max: REMEMBERED, ttl: REMEMBERED_MS, ttlResolution: 0, perf }),
    doubts: new LRUCache({ max: REMEMBERED, ttl: LAG_MS, ttlResolution: 0, perf }),
    turns: new Map(),
  };
  return {
    async report(report) {
      const key = memoryKey(report);
      const before = memory.turns.get(key) ?? Promise.resolve();
      const mine = before.catch(() => undefined).then(() => bring(context, memory, report));
      memory.turns.set(key, mine);
      try {
        await mine;
      } finally {
        if (memory.turns.get(key) === mine) memory.turns.delete(key);
      }
    },
  };
}

async function bring(context: GitHubContext, memory: Memory, report: DeploymentReport): Promise<void> {
  const known = memory.standing.get(memoryKey(report));
  if (known !== undefined) {
    if (known.status !== undefined && isSame(known.status, statusOf(report))) return;
    if (await giveWhereDue(context, memory, report, known)) return;
  }
  const { id, isNew } = await stand(context, memory, report);
  const isGiven = isNew
    ? giveNow(context, memory, report, id)
    : giveWhereDue(context, memory, report, { id, status: undefined });
  if (await isGiven) return;
  throw new PermanentError('not-found', `GitHub does not show deployment ${id} of ${report.repo}`);
}

/** The one deployment of the report. Of several that were made at once the oldest counts. */
async function stand(
  context: GitHubContext,
  memory: Memory,
  report: DeploymentReport,
): Promise<{ readonly id: number; readonly isNew: boolean }> {
  const found = await findDeployments(context, report);
  if (found[0] !== undefined) return { id: await oneOf(context, report, found), isNew: false };
  const retryInMs = memory.doubts.getRemainingTTL(memoryKey(report));
  if (retryInMs > 0)
    throw new RetryableError('GitHub does not show yet whether a deployment was made', { retryInMs });
  const made = await createDeployment(context, report).catch((error: unknown) => {
    if (error instanceof AmbiguousWriteError) memory.doubts.set(memoryKey(report), true);
    throw error;
  });
  memory.standing.set(memoryKey(report), { id: made, status: undefined });
  // Another replica may have made it at the same moment.
  const all = [...new Set([...(await findDeployments(context, report)), made])];
  const id = await oneOf(context, report, all);
  return { id, isNew: id === made };
}

async function oneOf(
  context: GitHubContext,
  { repo }: DeploymentReport,
  ids: readonly number[],
): Promise<number> {
  const oldest = Math.min(...ids);
  for (const id of ids) {
    if (id === oldest) continue;
    const statuses = await readStatuses(context, repo, id);
    if (statuses !== undefined && statuses[0]?.state !== RETIRED.state)
      await giveStatus(context, repo, id, RETIRED);
  }
  return oldest;
}

/** Gives the status unless it stands. Answers no when the deployment is gone. */
async function giveWhereDue(
  context: GitHubContext,
  memory: Memory,
  report: DeploymentReport,
  { id }: Standing,
): Promise<boolean> {
  const statuses = await readStatuses(context, report.repo, id);
  if (statuses === undefined) {
    memory.standing.delete(memoryKey(report));
    return false;
  }
  const wanted = statusOf(report);
  const [newest] = statuses;
  // What succeeded and was retired since does not succeed a second time: that would retire what took its place.
  const isRetired = wanted.state === 'success' && newest?.state === RETIRED.state;
  const stands =
    (newest !== undefined && isSame(newest, wanted)) ||
    (isRetired && statuses.some(({ state }) => state === 'success'));
  if (!stands) return giveNow(context, memory, report, id);
  memory.standing.set(memoryKey(report), { id, status: wanted });
  return true;
}

async function giveNow(
  context: GitHubContext,
  memory: Memory,
  report: DeploymentReport,
  id: number,
): Promise<true> {
  const key = memoryKey(report);
  const wanted = statusOf(report);
  // Should no clear answer come, what stands is read at the next report.
  memory.standing.set(key, { id, status: undefined });
  await giveStatus(context, report.repo, id, wanted);
  memory.standing.set(key, { id, status: wanted });
  if (wanted.state !== 'success') return true;
  await retireDeployments(context, report, id).catch((error: unknown) => {
    const { repo, environment } = report;
    context.log.warn({ repo, environment, err: error }, 'earlier deployments are still shown as active');
  });
  return true;
}

function memoryKey({ repo, key, commit, environment }: DeploymentReport): string {
  return `${repo} ${commit} ${environment} ${key}`;
}
