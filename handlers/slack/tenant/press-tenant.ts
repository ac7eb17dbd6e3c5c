import type { ShowTenantPayload } from '../../../jobs/tenant-life/payloads.ts';
import { previewLoading } from '../../../src/views/tenant/edit-preview.ts';
import { readTenantAbout } from '../../../src/views/tenant/tenant-actions.ts';
import { tenantLoading, tenantUnavailable } from '../../../src/views/tenant/tenant-view.ts';
import type { HandlerDeps } from '../../ports.ts';
import { actionIdOf } from '../change/action-id-of.ts';
import { present, readPress } from '../change/press.ts';
import { repoOf } from '../repo-of.ts';

type Deps = Pick<HandlerDeps, 'repos' | 'modals' | 'intake' | 'log'>;

/** Asks for the form of another size. */
export function pressResize(deps: Deps, received: unknown): Promise<void> {
  return pressed(deps, received, { kind: 'resize-form' }, tenantLoading());
}

/** Asks for the form of further ports. */
export function pressPorts(deps: Deps, received: unknown): Promise<void> {
  return pressed(deps, received, { kind: 'ports-form' }, tenantLoading());
}

/** Asks for what an offboarding would delete. */
export function pressOffboard(deps: Deps, received: unknown): Promise<void> {
  return pressed(deps, received, { kind: 'preview', edit: { kind: 'offboard' } }, previewLoading());
}

async function pressed(
  deps: Deps,
  received: unknown,
  what: ShowTenantPayload['what'],
  loading: object,
): Promise<void> {
  const press = readPress(received);
  const about = readTenantAbout(press.value);
  const repo = about && repoOf(deps.repos, about.repo);
  if (about === undefined || repo === undefined) {
    await present(deps, press, tenantUnavailable({ kind: 'stray' }));
    return;
  }
  const { user: askedBy, once } = press;
  const viewId = await present(deps, press, loading);
  const payload = { v: 1, repo, askedBy, viewId, name: about.name, what } as const;
  try {
    await deps.intake.showTenant(payload, actionIdOf('show-tenant', once, what.kind));
  } catch (error) {
    deps.log.warn({ err: error, viewId }, 'failed to ask for what a view shows');
    await deps.modals.update(viewId, tenantUnavailable({ kind: 'queue-away' }));
  }
}
