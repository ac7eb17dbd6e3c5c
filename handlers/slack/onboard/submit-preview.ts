import { z } from 'zod';
import type { SlackUserId } from '../../../src/domain/ids.ts';
import { readPreviewMetadata } from '../../../src/views/onboard-preview.ts';
import { takenForm } from '../../../src/views/taken-form.ts';
import { unavailableForm } from '../../../src/views/waiting-form.ts';
import type { HandlerDeps } from '../../ports.ts';
import type { FormAnswer } from '../form-answer.ts';
import { repoOf } from '../repo-of.ts';
import { requestIdOf } from '../request-id-of.ts';

const shape = z.object({
  private_metadata: z.string(),
  root_view_id: z.string(),
});

/** Leaves the request in the queue, then says so; Slack is told nothing before Redis has it. */
export async function submitPreview(
  deps: Pick<HandlerDeps, 'repos' | 'intake' | 'log' | 'now'>,
  user: SlackUserId,
  received: unknown,
): Promise<FormAnswer> {
  const view = shape.parse(received);
  const { repo: name, values } = readPreviewMetadata(view.private_metadata);
  const repo = repoOf(deps.repos, name);
  if (!repo) return { response_action: 'update', view: unavailableForm('misconfigured') };
  const requestId = requestIdOf(view.root_view_id, view.private_metadata);
  const payload = { v: 1, repo, requestId, askedBy: user, askedAt: deps.now(), values } as const;
  try {
    await deps.intake.onboard(payload);
  } catch (error) {
    deps.log.warn({ err: error, requestId }, 'failed to leave a request in the queue');
    return { response_action: 'push', view: unavailableForm('queue-away') };
  }
  deps.log.info({ requestId, repo, askedBy: user, name: values.name }, 'request taken');
  return { response_action: 'update', view: takenForm(values.name) };
}
