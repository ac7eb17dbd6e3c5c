import { z } from 'zod';
import type { SlackUserId } from '../../../src/domain/ids.ts';
import { readPreviewMetadata } from '../../../src/views/onboard-preview.ts';
import { decodeTarget } from '../../../src/views/request/change-target.ts';
import { changeTaken, standingAway, standingStray } from '../../../src/views/request/standing-answer.ts';
import type { HandlerDeps } from '../../ports.ts';
import type { FormAnswer } from '../form-answer.ts';
import { repoOf } from '../repo-of.ts';
import { requestIdOf } from '../request-id-of.ts';

const shape = z.object({ private_metadata: z.string(), root_view_id: z.string() });

/** Leaves a change of a request in the queue, then says so; Slack is told nothing before Redis has it. */
export async function submitChange(
  deps: Pick<HandlerDeps, 'repos' | 'intake' | 'log' | 'now'>,
  user: SlackUserId,
  received: unknown,
): Promise<FormAnswer> {
  const view = shape.parse(received);
  const { repo: text, values } = readPreviewMetadata(view.private_metadata);
  const target = decodeTarget(text);
  const repo = target && repoOf(deps.repos, target.repo);
  if (!target || !repo) return { response_action: 'update', view: standingStray() };
  const { number, seen } = target;
  const changeId = requestIdOf(view.root_view_id, view.private_metadata);
  const payload = { v: 1, repo, number, changeId, seen, askedBy: user, askedAt: deps.now(), values } as const;
  try {
    await deps.intake.changeRequest(payload);
  } catch (error) {
    deps.log.warn({ err: error, changeId }, 'failed to leave a change of a request in the queue');
    return { response_action: 'push', view: standingAway() };
  }
  deps.log.info({ changeId, repo, number, askedBy: user }, 'change of a request taken');
  return { response_action: 'update', view: changeTaken(number) };
}
