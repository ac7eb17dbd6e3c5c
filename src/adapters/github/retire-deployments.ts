import { z } from 'zod';
import type { DeploymentReport } from '../../../jobs/rollout/deployments-port.ts';
import { giveStatus, keyOf, RETIRED } from './deployment-calls.ts';
import { type GitHubContext, ownerAndName } from './github-context.ts';
import { readQuery } from './graph-failure.ts';
import { actor, isApp, nodesOf } from './shapes.ts';

export const activeDeploymentsQuery = `
query ActiveDeployments($owner: String!, $name: String!, $environment: String!) {
  repository(owner: $owner, name: $name) {
    deployments(first: 20, environments: [$environment], orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { databaseId state payload creator { __typename login } }
    }
  }
}`;

const deployment = z.object({
  databaseId: z.number().int().nullable(),
  state: z.string().nullable(),
  payload: z.unknown(),
  creator: actor,
});

const shape = z.object({ repository: z.object({ deployments: nodesOf(deployment) }) });

/**
 * Makes the App's earlier deployments to the environment inactive once `newest` has succeeded, for GitHub does that
 * for environments other than production only. One that is missed goes with the next success.
 *
 * @see https://docs.github.com/rest/deployments/deployments#inactive-deployments
 */
export async function retireDeployments(
  context: GitHubContext,
  { repo, environment }: DeploymentReport,
  newest: number,
): Promise<void> {
  const what = `look for earlier deployments to ${environment} in ${repo}`;
  const variables = { ...ownerAndName(repo), environment };
  const answer = await context.client.query(repo, what, { query: activeDeploymentsQuery, variables });
  const { deployments } = readQuery(what, answer, shape).repository;
  for (const { databaseId: id, state, payload, creator } of deployments) {
    const isOurs = isApp(creator, context.appSlug) && keyOf(payload) !== undefined;
    if (!isOurs || state !== 'ACTIVE' || id === null || id >= newest) continue;
    await giveStatus(context, repo, id, RETIRED);
  }
}
