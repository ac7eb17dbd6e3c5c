import { fleetLoading, fleetUnavailable } from '../../../src/views/fleet-view.ts';
import type { HandlerDeps } from '../../ports.ts';
import type { Invocation } from '../invocation.ts';
import { openWaiting } from '../open-waiting.ts';

/** Opens the fleet's form at once, for a trigger lives 3 s, and leaves asking the clusters to a job. */
export async function openFleet(
  deps: Pick<HandlerDeps, 'modals' | 'intake' | 'log'>,
  { user, triggerId }: Invocation,
): Promise<void> {
  await openWaiting(deps, {
    triggerId,
    loading: fleetLoading(),
    ask: (viewId) => deps.intake.showFleet({ v: 1, viewId, askedBy: user }),
    away: fleetUnavailable('queue-away'),
  });
}
