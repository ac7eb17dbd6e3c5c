import { z } from 'zod';
import type { SlackUserId } from '../../../src/domain/ids.ts';
import type { HandlerDeps } from '../../ports.ts';

/** A button as somebody pressed it. */
export interface Press {
  readonly user: SlackUserId;
  readonly triggerId: string;
  /** The button's value: routing only. */
  readonly value: string;
  /** The form that it stands in; undefined for a message. */
  readonly viewId: string | undefined;
  /** The same however often Slack delivers the press, and another for every press. */
  readonly once: string;
}

const body = z.object({
  user: z.object({ id: z.custom<SlackUserId>((id) => typeof id === 'string' && /^[UW][A-Z0-9]+$/.test(id)) }),
  trigger_id: z.string(),
  view: z.object({ id: z.string() }).nullish(),
  container: z.object({ message_ts: z.string().nullish() }).nullish(),
  message: z.object({ ts: z.string() }).nullish(),
  actions: z.array(z.object({ value: z.string().nullish(), action_ts: z.string().nullish() })).min(1),
});

/**
 * Reads a press as Slack sends it.
 * https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
 *
 * @throws when it is not the press of a button.
 */
export function readPress(received: unknown): Press {
  const { user, trigger_id, view, container, message, actions } = body.parse(received);
  const [action] = actions;
  const where = view?.id ?? message?.ts ?? container?.message_ts ?? '';
  return {
    user: user.id,
    triggerId: trigger_id,
    value: action?.value ?? '',
    viewId: view?.id,
    once: `${where}/${action?.action_ts ?? trigger_id}`,
  };
}

/** Shows a view at once: in the form that the button stands in, or in a new one. Returns its id. */
export async function present(
  { modals }: Pick<HandlerDeps, 'modals'>,
  { triggerId, viewId }: Pick<Press, 'triggerId' | 'viewId'>,
  view: object,
): Promise<string> {
  if (viewId === undefined) return modals.open(triggerId, view);
  await modals.update(viewId, view);
  return viewId;
}
