import { allManagementClusters } from '../../src/domain/rollout/management-clusters.ts';
import { rolloutRefused, triedAgain } from '../../src/views/rollout-view.ts';
import { authorise } from '../authorise.ts';
import type { JobDeps } from '../deps.ts';
import { type Job, job } from '../job.ts';
import { knownPlatform } from '../known-platform.ts';
import { showInView } from '../show-in-view.ts';
import { type TryAgainPayload, tryAgainPayload } from './payloads.ts';

/** Has Flux try something again now, for whom the policy lets. The press's own time names the request to Flux. */
export function tryAgain(deps: JobDeps): Job {
  return job({
    name: 'try-again',
    queue: 'intents',
    schema: tryAgainPayload,
    run: (payload, context) =>
      showInView(deps.views, payload.viewId, context, {
        draw: () => draw(deps, payload),
        instead: () => rolloutRefused('unreadable'),
      }),
  });
}

async function draw(deps: JobDeps, { repo, askedBy, askedAt, target }: TryAgainPayload): Promise<object> {
  const known = await knownPlatform(deps, repo);
  if (known.kind === 'invalid') return rolloutRefused('policy-invalid');
  const { policy, platform } = known;
  if (!(await authorise(deps.people, policy.changes.operators, askedBy)))
    return rolloutRefused('not-allowed');
  const { management, kind, id } = target;
  const cluster = allManagementClusters(policy, platform).find(({ name }) => name === management);
  if (cluster === undefined) return rolloutRefused('unknown-cluster');
  if (kind === 'helm-release') return rolloutRefused('stray');
  const at = new Date(askedAt).toISOString();
  switch (await deps.fleet.requestReconciliation(cluster, { kind, id }, at)) {
    case 'asked':
      return triedAgain(id);
    case 'not-allowed':
      return rolloutRefused('no-right');
    case 'absent':
      return rolloutRefused('gone');
  }
}
