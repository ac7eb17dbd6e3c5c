import { standingAway, standingStray, standingWaiting } from '../../../src/views/request/standing-answer.ts';
import type { HandlerDeps } from '../../ports.ts';
import { readPress } from '../change/press.ts';
import { openWaiting } from '../open-waiting.ts';
import { requestIdOf } from '../request-id-of.ts';
import { ourRequest } from './press-change.ts';

/** Leaves the withdrawal of a request in the queue: Slack has asked the person already whether they mean it. */
export async function pressWithdraw(
  deps: Pick<HandlerDeps, 'repos' | 'modals' | 'intake' | 'log' | 'now'>,
  received: unknown,
): Promise<void> {
  const { user, triggerId, value, once } = readPress(received);
  const button = ourRequest(deps.repos, value);
  if (button === undefined) {
    await deps.modals.open(triggerId, standingStray());
    return;
  }
  const { repo, number } = button;
  const actionId = requestIdOf(once, JSON.stringify({ withdraw: number, repo, user }));
  await openWaiting(deps, {
    triggerId,
    loading: standingWaiting(),
    ask: (viewId) =>
      deps.intake.withdrawRequest({
        v: 1,
        repo,
        number,
        actionId,
        askedBy: user,
        askedAt: deps.now(),
        viewId,
      }),
    away: standingAway(),
  });
}
