import { z } from 'zod';
import type { SlackUserId } from '../../../src/domain/ids.ts';
import { changeWaiting } from '../../../src/views/change/change-answer.ts';
import { awayText, changeStray, emptyText } from '../../../src/views/change/door-words.ts';
import { readPromoteForm } from '../../../src/views/change/promote-form.ts';
import type { HandlerDeps } from '../../ports.ts';
import type { FormAnswer } from '../form-answer.ts';
import { repoOf } from '../repo-of.ts';
import { requestIdOf } from '../request-id-of.ts';

const shape = z.object({ id: z.string(), private_metadata: z.string(), state: z.unknown() });

/** Takes the form that says which version goes where; its metadata is the repository's name. */
export async function submitPromote(
  deps: Pick<HandlerDeps, 'repos' | 'intake' | 'log' | 'now'>,
  user: SlackUserId,
  received: unknown,
): Promise<FormAnswer> {
  const { id: viewId, private_metadata, state } = shape.parse(received);
  const repo = repoOf(deps.repos, private_metadata);
  if (!repo) return { response_action: 'update', view: changeStray('Promote') };
  const { tag, places, externalNumber } = readPromoteForm(state);
  // No place ticked must not mean all of them.
  if (places.length === 0) return { response_action: 'errors', errors: { places: emptyText } };
  if (tag === '') return { response_action: 'errors', errors: { tag: emptyText } };
  const requestId = requestIdOf(viewId, JSON.stringify({ repo, user, tag, places, externalNumber }));
  try {
    await deps.intake.promote({
      v: 1,
      repo,
      requestId,
      askedBy: user,
      askedAt: deps.now(),
      tag,
      where: [...places],
      ...(externalNumber === undefined ? {} : { externalNumber }),
      viewId,
    });
  } catch (error) {
    deps.log.warn({ err: error, requestId }, 'failed to leave a promotion in the queue');
    return { response_action: 'errors', errors: { tag: awayText } };
  }
  return { response_action: 'update', view: changeWaiting('Promote') };
}
