import { allManagementClusters } from '../../src/domain/rollout/management-clusters.ts';
import type { FluxObject, ManagementView } from '../../src/domain/rollout/objects.ts';
import { rolloutRefused, rolloutView } from '../../src/views/rollout-view.ts';
import { rolloutWhy, type WhyEvent } from '../../src/views/rollout-why.ts';
import { authorise } from '../authorise.ts';
import type { JobDeps } from '../deps.ts';
import { type Job, job } from '../job.ts';
import { knownPlatform } from '../known-platform.ts';
import { showInView } from '../show-in-view.ts';
import { type ShowWhyPayload, showWhyPayload } from './payloads.ts';

/** Draws what a cluster says about one object: its conditions and the last events. */
export function showWhy(deps: JobDeps): Job {
  return job({
    name: 'show-why',
    queue: 'intents',
    schema: showWhyPayload,
    run: (payload, context) =>
      showInView(deps.views, payload.viewId, context, {
        draw: () => draw(deps, payload),
        instead: () => rolloutRefused('unreadable'),
      }),
  });
}

async function draw(deps: JobDeps, { repo, askedBy, target }: ShowWhyPayload): Promise<object> {
  if (!(await authorise(deps.people, 'members', askedBy))) return rolloutRefused('not-a-member');
  const known = await knownPlatform(deps, repo);
  if (known.kind === 'invalid') return rolloutRefused('policy-invalid');
  const { management, id } = target;
  const cluster = allManagementClusters(known.policy, known.platform).find(({ name }) => name === management);
  if (cluster === undefined) return rolloutRefused('unknown-cluster');
  const view = await deps.fleet.look(cluster);
  if (view.kind === 'silent') return rolloutRefused('unreadable');
  // Conditions tell most of it, where events may not be read.
  const events = await deps.fleet
    .eventsOf(cluster, target)
    .catch((): readonly WhyEvent[] | undefined => undefined);
  return rolloutView(rolloutWhy({ management, id, object: objectIn(view, target), events }, Date.now()));
}

function objectIn(
  view: Extract<ManagementView, { kind: 'seen' }>,
  { kind, id }: ShowWhyPayload['target'],
): FluxObject | undefined {
  switch (kind) {
    case 'source':
      return view.sources.get(id);
    case 'kustomization':
      return view.kustomizations.get(id);
    case 'helm-release':
      return view.helmReleases.get(id);
  }
}
