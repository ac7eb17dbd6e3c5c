import type { ClientOutcome, CloseInput } from '../client-types.ts';
import { closedPayload } from '../deliver/payloads.ts';
import type { View } from '../state.ts';
import { closeView } from '../views.ts';
import { ok, refused, type World } from './world.ts';

/** A person closes the form on top, or all of them; the app is told of those that asked for it. */
export async function closeForm(world: World, input: CloseInput): Promise<ClientOutcome> {
  const { workspace } = world;
  const stack = workspace.stack(input.as);
  const top = stack.at(-1);
  if (!top || !stack.some((view) => view.id === input.view_id))
    return refused('This form is no longer open.');
  const all = input.all === true || top.body['clear_on_close'] === true;
  const closed = all ? [...stack].reverse() : [top];
  if (all) workspace.setStack(input.as, []);
  else closeView(workspace, top);
  await Promise.all(closed.map((view) => tell(world, view, all)));
  return ok();
}

async function tell({ workspace, courier }: World, view: View, all: boolean): Promise<void> {
  if (view.body['notify_on_close'] !== true) return;
  await courier.deliver('view_closed', { type: 'interactive', payload: closedPayload(workspace, view, all) });
}
