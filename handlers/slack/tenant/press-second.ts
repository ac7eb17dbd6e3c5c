import type { EditTenantPayload } from '../../../jobs/tenant-life/payloads.ts';
import { readWaitingOffboard } from '../../../src/views/tenant/tenant-actions.ts';
import { tenantUnavailable } from '../../../src/views/tenant/tenant-view.ts';
import type { HandlerDeps } from '../../ports.ts';
import { readPress } from '../change/press.ts';
import { repoOf } from '../repo-of.ts';

type Deps = Pick<HandlerDeps, 'repos' | 'modals' | 'intake' | 'log'>;

/** A second person confirms an offboarding. */
export function pressConfirm(deps: Deps, received: unknown): Promise<void> {
  return pressed(deps, received, 'confirm');
}

/** Somebody calls an offboarding off. */
export function pressCallOff(deps: Deps, received: unknown): Promise<void> {
  return pressed(deps, received, 'call-off');
}

async function pressed(
  deps: Deps,
  received: unknown,
  kind: NonNullable<EditTenantPayload['answer']>['kind'],
): Promise<void> {
  const { user, triggerId, value } = readPress(received);
  const waiting = readWaitingOffboard(value);
  const repo = waiting && repoOf(deps.repos, waiting.repo);
  if (waiting === undefined || repo === undefined) {
    await deps.modals.open(triggerId, tenantUnavailable({ kind: 'stray' }));
    return;
  }
  try {
    await deps.intake.editTenant({
      v: 1,
      repo,
      requestId: waiting.id,
      askedBy: waiting.by,
      askedAt: waiting.at,
      name: waiting.name,
      edit: { kind: 'offboard' },
      answer: { kind, by: user },
    });
  } catch (error) {
    deps.log.warn({ err: error, requestId: waiting.id }, 'failed to leave a confirmation in the queue');
    await deps.modals.open(triggerId, tenantUnavailable({ kind: 'queue-away' }));
  }
}
