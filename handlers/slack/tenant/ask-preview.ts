import { z } from 'zod';
import type { RepoName, SlackUserId } from '../../../src/domain/ids.ts';
import type { TenantEdit } from '../../../src/domain/tenant-life/tenant-edit.ts';
import { tenantUnavailable } from '../../../src/views/tenant/tenant-view.ts';
import type { HandlerDeps } from '../../ports.ts';
import { actionIdOf } from '../change/action-id-of.ts';
import type { FormAnswer } from '../form-answer.ts';

/** A form of a tenant as Slack sends it. */
export const sentForm = z.object({
  id: z.string(),
  hash: z.string(),
  private_metadata: z.string(),
  state: z.unknown(),
});

/** A form that was sent: Slack's answer, and what is to be drawn into the view once Slack has it. */
export interface Submitted {
  readonly answer: FormAnswer;
  readonly afterwards?: () => Promise<void>;
}

/** Asks for the preview of a change in the view that the form stood in. */
export async function askPreview(
  deps: Pick<HandlerDeps, 'modals' | 'intake' | 'log'>,
  wish: {
    readonly repo: RepoName;
    readonly user: SlackUserId;
    readonly name: string;
    readonly view: z.output<typeof sentForm>;
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
