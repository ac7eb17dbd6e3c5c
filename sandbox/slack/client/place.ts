import type { ActionContainer, InputValues } from '../client-types.ts';
import { findElement, type Placed } from '../kit/walk.ts';
import type { Message, Values, View } from '../state.ts';
import type { Workspace } from '../workspace.ts';
import { visibleChannel } from './world.ts';

/** The message or view that an element is in, if this person sees it. */
export function placeOf(
  workspace: Workspace,
  as: string,
  container: ActionContainer,
): Message | View | undefined {
  if (container.kind === 'view') {
    const view = workspace.view(container.view_id);
    return view?.owner === as ? view : undefined;
  }
  const message = workspace.message(container.channel, container.ts);
  if (!message || message.tombstone || !visibleChannel(workspace, as, container.channel)) return undefined;
  return message.ephemeralFor === undefined || message.ephemeralFor === as ? message : undefined;
}

/** Takes over what the person typed or chose; elements that are not there are passed over. */
export function mergeValues(place: Message | View, values: InputValues | undefined): void {
  for (const [blockId, actions] of Object.entries(values ?? {})) {
    for (const [actionId, value] of Object.entries(actions)) {
      if (findElement(place.blocks, blockId, actionId)) setValue(place.values, blockId, actionId, value);
    }
  }
}

export function setValue(
  values: Values,
  blockId: string,
  actionId: string,
  value: InputValues[string][string],
): void {
  values[blockId] = { ...values[blockId], [actionId]: value };
}

export function elementAt(place: Message | View, blockId: string, actionId: string): Placed | undefined {
  return findElement(place.blocks, blockId, actionId);
}
