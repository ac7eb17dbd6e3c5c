import { isDnsLabel } from '../../../src/domain/names.ts';
import { tenantLoading, tenantUnavailable } from '../../../src/views/tenant/tenant-view.ts';
import type { HandlerDeps } from '../../ports.ts';
import type { Invocation } from '../invocation.ts';
import { chosenRepo, openWaiting } from '../open-waiting.ts';

/** Opens what a tenant has: first a view that says so, then what a job finds. */
export async function openTenant(
  deps: Pick<HandlerDeps, 'repos' | 'modals' | 'intake' | 'log'>,
  { user, triggerId, rest }: Invocation,
): Promise<void> {
  const [typed = '', named = ''] = rest.split(/\s+/);
  const name = typed.toLowerCase();
  const { repos } = deps;
  if (!isDnsLabel(name)) {
    await deps.modals.open(triggerId, tenantUnavailable({ kind: 'no-name', repos }));
    return;
  }
  const repo = chosenRepo(repos, named);
  if (repo === undefined) {
    await deps.modals.open(triggerId, tenantUnavailable({ kind: 'which-repository', repos }));
    return;
  }
  const what = { kind: 'standing' } as const;
  await openWaiting(deps, {
    triggerId,
    loading: tenantLoading(),
    ask: (viewId) => deps.intake.showTenant({ v: 1, repo, askedBy: user, viewId, name, what }, viewId),
    away: tenantUnavailable({ kind: 'queue-away' }),
  });
}
