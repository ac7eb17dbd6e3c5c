import { statusLoading, statusUnavailable } from '../../../src/views/release/status.ts';
import type { HandlerDeps } from '../../ports.ts';
import type { Invocation } from '../invocation.ts';
import { chosenRepo, openWaiting } from '../open-waiting.ts';

/** Opens the platform's status: first a view that says so, then what a job finds. */
export async function openStatus(
  deps: Pick<HandlerDeps, 'repos' | 'modals' | 'intake' | 'log'>,
  { user, triggerId, rest }: Invocation,
): Promise<void> {
  const repo = chosenRepo(deps.repos, rest);
  if (repo === undefined) {
    await deps.modals.open(triggerId, statusUnavailable({ kind: 'which-repository', repos: deps.repos }));
    return;
  }
  await openWaiting(deps, {
    triggerId,
    loading: statusLoading(),
    ask: (viewId) => deps.intake.showStatus({ v: 1, repo, askedBy: user, viewId }),
    away: statusUnavailable({ kind: 'queue-away' }),
  });
}
