import { z } from 'zod';
import type { SlackUserId } from '../../../src/domain/ids.ts';
import { editTaken } from '../../../src/views/tenant/edit-taken.ts';
import { readEditAbout } from '../../../src/views/tenant/tenant-actions.ts';
import { tenantUnavailable } from '../../../src/views/tenant/tenant-view.ts';
import type { HandlerDeps } from '../../ports.ts';
import type { FormAnswer } from '../form-answer.ts';
import { repoOf } from '../repo-of.ts';
import { requestIdOf } from '../request-id-of.ts';

const shape = z.object({ id: z.string(), private_metadata: z.string() });

/** Leaves a change of a tenant in the queue, then says so; Slack is told nothing before Redis has it. */
export async function submitEdit(
  deps: Pick<HandlerDeps, 'repos' | 'intake' | 'log' | 'now'>,
  user: SlackUserId,
  received: unknown,
): Promise<FormAnswer> {
  const view = shape.parse(received);
  const about = readEditAbout(view.private_metadata);
  const repo = about && repoOf(deps.repos, about.repo);
  if (about === undefined || repo === undefined)
    return { response_action: 'update', view: tenantUnavailable({ kind: 'stray' }) };
  const { name, edit } = about;
  const requestId = requestIdOf(view.id, view.private_metadata);
  const payload = { v: 1, repo, requestId, askedBy: user, askedAt: deps.now(), name, edit } as const;
  try {
    await deps.intake.editTenant(payload);
  } catch (error) {
    deps.log.warn({ err: error, requestId }, 'failed to leave a request in the queue');
    return { response_action: 'push', view: tenantUnavailable({ kind: 'queue-away' }) };
  }
  deps.log.info({ requestId, repo, askedBy: user, name, edit: edit.kind }, 'request taken');
  return { response_action: 'update', view: editTaken(name, edit.kind) };
}
