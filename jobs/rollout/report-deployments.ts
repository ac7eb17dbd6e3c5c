import type { Outcome } from '../../src/domain/rollout/outcome.ts';
import { PermanentError } from '../../src/errors.ts';
import { deploymentText } from '../../src/views/rollout-outcome-text.ts';
import type { JobDeps } from '../deps.ts';
import type { Log } from '../ports.ts';
import type { DeploymentReport } from './deployments-port.ts';
import type { Rollout } from './rollout.ts';
import type { ToldRollout } from './story-of.ts';

type Deps = Pick<JobDeps, 'deployments'> & { readonly log: Log };

const states = {
  'under-way': 'in_progress',
  applied: 'success',
  failed: 'failure',
  stuck: 'failure',
  superseded: 'inactive',
} as const satisfies Record<Outcome['kind'], DeploymentReport['state']>;

/** Shows on GitHub what each place runs or is to run. */
export async function reportDeployments(
  { deployments, log }: Deps,
  { repo, key, parts }: Rollout,
  { outcomes }: ToldRollout,
  url: string | undefined,
): Promise<void> {
  for (const { pull, deployments: places } of parts) {
    const outcome = outcomes.get(pull.number);
    if (outcome === undefined) continue;
    for (const { environment, commit } of places) {
      try {
        await deployments.report({
          repo,
          key: `${key} ${pull.number} ${environment}`,
          commit,
          environment,
          state: states[outcome.kind],
          description: deploymentText(outcome),
          url,
        });
      } catch (error) {
        // Without the permission there are no deployments; the rollout is told everywhere else.
        if (!(error instanceof PermanentError)) throw error;
        log.warn({ err: error, environment }, 'cannot show a deployment on GitHub');
      }
    }
  }
}
