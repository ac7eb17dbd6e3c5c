import { z } from 'zod';
import type { DeploymentReport } from '../../../jobs/rollout/deployments-port.ts';
import { AmbiguousWriteError, RetryableError } from '../../errors.ts';
import { clip } from '../../views/clip.ts';
import { type GitHubContext, ownerAndName } from './github-context.ts';

/** What a deployment's status says, as GitHub keeps it. */
export interface Status {
  readonly state: string;
  readonly description: string;
  readonly url: string;
}

/** Another one took its place. */
export const RETIRED: Status = { state: 'inactive', description: '', url: '' };

/** GitHub refuses more. https://docs.github.com/rest/deployments/statuses#create-a-deployment-status */
const MOST_CHARACTERS = 140;
const PER_PAGE = 100;
/** GitHub's own default, which its pages and other tools look for. */
const TASK = 'deploy';
const DEPLOYMENTS = '/repos/{owner}/{repo}/deployments';
const STATUSES = '/repos/{owner}/{repo}/deployments/{deployment_id}/statuses';

const created = z.object({ id: z.number().int() });
const listed = z.array(
  z.object({
    id: z.number().int(),
    payload: z.unknown(),
    creator: z.object({ login: z.string(), type: z.string() }).nullish(),
  }),
);
const statusList = z.array(
  z
    .object({
      id: z.number().int(),
      state: z.string(),
      description: z.string().nullish(),
      log_url: z.string().nullish(),
    })
    .transform(({ id, state, description, log_url: url }) => {
      return { id, state, description: description ?? '', url: url ?? '' };
    }),
);

export function statusOf({ state, description, url = '' }: DeploymentReport): Status {
  return { state, description: clip(description.trim(), MOST_CHARACTERS), url };
}

export function isSame(one: Status, other: Status): boolean {
  return one.state === other.state && one.description === other.description && one.url === other.url;
}

/** The key in a deployment's payload, which GraphQL gives as text; undefined when it is none of ours. */
export function keyOf(payload: unknown): string | undefined {
  if (typeof payload === 'string') return keyOf(parseOrNothing(payload));
  const read = z.object({ trunkline: z.string() }).safeParse(payload);
  return read.success ? read.data.trunkline : undefined;
}

function parseOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Ids of the App's deployments that bear the report's key, the oldest first. Somebody else's never count. */
export async function findDeployments(
  { client, appSlug }: GitHubContext,
  { repo, key, commit, environment }: DeploymentReport,
): Promise<readonly number[]> {
  const what = `look for the deployment of ${commit} to ${environment} in ${repo}`;
  const found: number[] = [];
  for (let page = 1; ; page += 1) {
    const wanted = { sha: commit, environment, task: TASK, per_page: PER_PAGE, page };
    const answer = await client.get(repo, what, DEPLOYMENTS, { ...placeOf(repo), ...wanted });
    const read = listed.safeParse(answer.data);
    if (!read.success) throw unexpected(what, read.error);
    for (const { id, payload, creator } of read.data) {
      const isOurs = creator?.type === 'Bot' && creator.login === `${appSlug}[bot]`;
      if (isOurs && keyOf(payload) === key) found.push(id);
    }
    if (read.data.length < PER_PAGE) return found.sort((a, b) => a - b);
  }
}

/**
 * Makes a deployment. Its checks were asked for by the change's gates, so GitHub is to ask for none.
 *
 * @see https://docs.github.com/rest/deployments/deployments#create-a-deployment
 */
export async function createDeployment({ client }: GitHubContext, report: DeploymentReport): Promise<number> {
  const { repo, key, commit, environment } = report;
  const what = `report the deployment of ${commit} to ${environment} in ${repo}`;
  const answer = await client.post(repo, what, DEPLOYMENTS, {
    ...placeOf(repo),
    ref: commit,
    task: TASK,
    environment,
    auto_merge: false,
    required_contexts: [],
    payload: { trunkline: key },
    // Rollouts of production are the only ones that are reported.
    production_environment: true,
  });
  const read = created.safeParse(answer.data);
  if (read.success) return read.data.id;
  throw new AmbiguousWriteError(`failed to ${what}: the answer cannot be read`, { cause: read.error });
}

/** The statuses given last, the newest first; undefined when the deployment is gone. */
export async function readStatuses(
  { client }: GitHubContext,
  repo: DeploymentReport['repo'],
  id: number,
): Promise<readonly Status[] | undefined> {
  const what = `read the statuses of deployment ${id} in ${repo}`;
  const parameters = { ...placeOf(repo), deployment_id: id, per_page: PER_PAGE };
  const answer = await client.get(repo, what, STATUSES, parameters, [404]);
  if (answer.status === 404) return undefined;
  const read = statusList.safeParse(answer.data);
  if (!read.success) throw unexpected(what, read.error);
  return read.data.sort((a, b) => b.id - a.id);
}

/** @see https://docs.github.com/rest/deployments/statuses#create-a-deployment-status */
export async function giveStatus(
  { client }: GitHubContext,
  repo: DeploymentReport['repo'],
  id: number,
  { state, description, url }: Status,
): Promise<void> {
  await client.post(repo, `give deployment ${id} in ${repo} its status`, STATUSES, {
    ...placeOf(repo),
    deployment_id: id,
    state,
    description,
    ...(url === '' ? {} : { log_url: url }),
    auto_inactive: true,
  });
}

function placeOf(repo: string) {
  const { owner, name } = ownerAndName(repo);
  return { owner, repo: name };
}

function unexpected(what: string, cause: unknown): RetryableError {
  return new RetryableError(`failed to ${what}: unexpected answer`, { cause });
}
