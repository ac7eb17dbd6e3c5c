import { z } from 'zod';
import { readSize } from '../../../src/domain/form/size.ts';
import type { RepoName, SlackUserId } from '../../../src/domain/ids.ts';
import type { TenantEdit } from '../../../src/domain/tenant-life/tenant-edit.ts';
import { refusalErrors } from '../../../src/views/refusal-errors.ts';
import { previewLoading } from '../../../src/views/tenant/edit-preview.ts';
import { editRefusalText } from '../../../src/views/tenant/edit-refusal-text.ts';
import { placesField, readResizeForm } from '../../../src/views/tenant/resize-form.ts';
import { readTenantAbout } from '../../../src/views/tenant/tenant-actions.ts';
import { tenantUnavailable } from '../../../src/views/tenant/tenant-view.ts';
import type { HandlerDeps } from '../../ports.ts';
import { actionIdOf } from '../change/action-id-of.ts';
import type { FormAnswer } from '../form-answer.ts';
import { knowledge } from '../knowledge.ts';
import { repoOf } from '../repo-of.ts';

const shape = z.object({
  id: z.string(),
  hash: z.string(),
  private_metadata: z.string(),
  state: z.unknown(),
});

const WAIT_MS = 1_000;

/** A form that was sent: Slack's answer, and what is to be drawn into the view once Slack has it. */
export interface Submitted {
  readonly answer: FormAnswer;
  readonly afterwards?: () => Promise<void>;
}

/** Checks the size that was chosen as far as the policy at hand tells, and asks for the preview. */
export async function submitResize(
  deps: Pick<HandlerDeps, 'repos' | 'modals' | 'intake' | 'snapshots' | 'marks' | 'log' | 'now' | 'sleep'>,
  user: SlackUserId,
  received: unknown,
): Promise<Submitted> {
  const view = shape.parse(received);
  const about = readTenantAbout(view.private_metadata);
  const repo = about && repoOf(deps.repos, about.repo);
  if (about === undefined || repo === undefined)
    return { answer: { response_action: 'update', view: tenantUnavailable({ kind: 'stray' }) } };
  const edit = readResizeForm(view.state);
  if (edit.places.length === 0) {
    const errors = { [placesField]: editRefusalText({ code: 'nothing-chosen' }) };
    return { answer: { response_action: 'errors', errors } };
  }
  const understood = (await knowledge(deps, repo, WAIT_MS))?.understanding;
  const refusals = understood?.kind === 'ok' ? readSize(edit, understood.policy).refusals : [];
  if (refusals.length > 0) return { answer: { response_action: 'errors', errors: refusalErrors(refusals) } };
  return {
    answer: { response_action: 'update', view: previewLoading() },
    afterwards: () => askPreview(deps, { repo, user, name: about.name, view, edit }),
  };
}

async function askPreview(
  deps: Pick<HandlerDeps, 'modals' | 'intake' | 'log'>,
  wish: {
    readonly repo: RepoName;
    readonly user: SlackUserId;
    readonly name: string;
    readonly view: z.output<typeof shape>;
    readonly edit: TenantEdit;
  },
): Promise<void> {
  const { repo, user: askedBy, name, view, edit } = wish;
  const viewId = view.id;
  const what = { kind: 'preview', edit } as const;
  try {
    const once = actionIdOf('preview-tenant', viewId, view.hash);
    await deps.intake.showTenant({ v: 1, repo, askedBy, viewId, name, what }, once);
  } catch (error) {
    deps.log.warn({ err: error, viewId }, 'failed to ask for what a view shows');
    await deps.modals.update(viewId, tenantUnavailable({ kind: 'queue-away' }));
  }
}
