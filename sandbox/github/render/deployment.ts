import type { Deployment, DeploymentStatus } from '../types.ts';
import type { GitHubWorld } from '../world.ts';
import { renderAccount } from './accounts.ts';
import { renderApp } from './app.ts';

/** GitHub's "deployment". */
export function renderDeployment(world: GitHubWorld, deployment: Deployment) {
  const api = world.urls.repoApi();
  const url = `${api}/deployments/${deployment.id}`;
  return {
    url,
    id: deployment.id,
    node_id: world.state.nodeId('Deployment', deployment.id),
    task: deployment.task,
    original_environment: deployment.originalEnvironment,
    environment: deployment.environment,
    description: deployment.description,
    created_at: deployment.createdAt,
    updated_at: deployment.updatedAt,
    statuses_url: `${url}/statuses`,
    repository_url: api,
    creator: renderAccount(world, deployment.creator),
    sha: deployment.sha,
    ref: deployment.ref,
    payload: deployment.payload,
    transient_environment: deployment.transientEnvironment,
    production_environment: deployment.productionEnvironment,
    performed_via_github_app: deployment.viaApp === null ? null : renderApp(world),
  };
}

/** GitHub's "deployment-status". */
export function renderDeploymentStatus(world: GitHubWorld, deployment: Deployment, status: DeploymentStatus) {
  const api = world.urls.repoApi();
  const url = `${api}/deployments/${deployment.id}`;
  return {
    url: `${url}/statuses/${status.id}`,
    id: status.id,
    node_id: world.state.nodeId('DeploymentStatus', status.id),
    state: status.state,
    creator: renderAccount(world, status.creator),
    description: status.description,
    environment: status.environment,
    target_url: status.logUrl,
    log_url: status.logUrl,
    environment_url: status.environmentUrl,
    created_at: status.createdAt,
    updated_at: status.updatedAt,
    deployment_url: url,
    repository_url: api,
    performed_via_github_app: status.creator === world.state.botLogin() ? renderApp(world) : null,
  };
}
