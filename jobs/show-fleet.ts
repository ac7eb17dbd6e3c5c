import type { SlackUserId } from '../src/domain/ids.ts';
import { type FleetRow, fleetRows } from '../src/domain/rollout/fleet-rows.ts';
import { managementClusters } from '../src/domain/rollout/management-clusters.ts';
import type { ManagementView } from '../src/domain/rollout/objects.ts';
import { RetryableError } from '../src/errors.ts';
import { fleetUnavailable, fleetView } from '../src/views/fleet-view.ts';
import type { JobDeps } from './deps.ts';
import { type Job, job } from './job.ts';
import { type KnownPlatform, knownPlatform } from './known-platform.ts';
import { showFleetPayload } from './payloads.ts';

type Deps = Pick<JobDeps, 'repos' | 'github' | 'snapshots' | 'people' | 'fleet' | 'views'>;

/** Nobody keeps a form open for longer than so many tries. */
const TRIES = 4;

/** Asks every management cluster, and shows in the open form what they say. */
export function showFleet(deps: Deps): Job {
  return job({
    name: 'show-fleet',
    queue: 'intents',
    schema: showFleetPayload,
    run: async ({ viewId, askedBy }, { attempt, log }) => {
      if (attempt > TRIES) return;
      const shown = await deps.views.update(viewId, await draw(deps, askedBy));
      if (shown === 'gone') log.info({ viewId }, 'the form of the fleet is no longer open');
    },
  });
}

async function draw(deps: Deps, askedBy: SlackUserId): Promise<object> {
  const person = await deps.people.find(askedBy);
  if (!person?.isMember) return fleetUnavailable('guest');
  const known = await platforms(deps);
  if (known === undefined) return fleetUnavailable('no-snapshot');
  const looks = await Promise.all(known.map((platform) => lookAround(deps, platform)));
  if (looks.every((each) => each === undefined)) return fleetUnavailable('policy-invalid');
  const seen = looks.flatMap((each) => each ?? []);
  if (seen.length === 0) return fleetUnavailable('no-clusters');
  if (seen.every(({ view }) => view.kind === 'silent' && view.why === 'not-set-up')) {
    return fleetUnavailable('no-access');
  }
  const hidden = seen.flatMap(({ view }) => (view.kind === 'seen' ? view.hidden : []));
  const now = Math.max(...seen.map(({ view }) => view.at));
  return fleetView(
    seen.flatMap(({ rows }) => rows),
    [...new Set(hidden)],
    now,
  );
}

async function platforms(deps: Deps): Promise<readonly KnownPlatform[] | undefined> {
  try {
    return await Promise.all(deps.repos.map((repo) => knownPlatform(deps, repo)));
  } catch (error) {
    if (error instanceof RetryableError) return undefined;
    throw error;
  }
}

interface Seen {
  readonly view: ManagementView;
  readonly rows: readonly FleetRow[];
}

/** What the management clusters of one platform show; undefined when its policy cannot be read. */
async function lookAround({ fleet }: Deps, known: KnownPlatform): Promise<readonly Seen[] | undefined> {
  if (known.kind === 'invalid') return undefined;
  const { policy, platform } = known;
  return Promise.all(
    managementClusters(policy, platform).map(async (management) => {
      const view = await fleet.look(management);
      return { view, rows: fleetRows({ policy, platform, management, view }) };
    }),
  );
}
