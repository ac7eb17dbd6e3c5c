import { releaseLoading, releaseUnavailable } from '../../../src/views/release/release-unavailable.ts';
import type { HandlerDeps } from '../../ports.ts';
import type { Invocation } from '../invocation.ts';
import { chosenRepo, openWaiting } from '../open-waiting.ts';

/** Opens the release form: first a view that says so, then what a job finds. */
export async function openRelease(
  deps: Pick<HandlerDeps, 'repos' | 'modals' | 'intake' | 'log'>,
  { user, triggerId, rest }: Invocation,
): Promise<void> {
  const repo = chosenRepo(deps.repos, rest);
  if (repo === undefined) {
    await deps.modals.open(triggerId, releaseUnavailable({ kind: 'which-repository', repos: deps.repos }));
    return;
  }
  await openWaiting(deps, {
    triggerId,
    loading: releaseLoading(),
    ask: (viewId) => deps.intake.showRelease({ v: 1, repo, askedBy: user, viewId }),
    away: releaseUnavailable({ kind: 'queue-away' }),
  });
}
