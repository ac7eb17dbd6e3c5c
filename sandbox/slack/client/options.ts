import type { JsonObject, OptionsInput, OptionsOutcome } from '../client-types.ts';
import { suggestionPayload } from '../deliver/payloads.ts';
import { objects } from '../kit/walk.ts';
import { isObject } from '../web/args.ts';
import { elementAt, placeOf } from './place.ts';
import type { World } from './world.ts';

/** An external select asks the app for its options. What it gave can be chosen from then on. */
export async function askOptions(world: World, input: OptionsInput): Promise<OptionsOutcome> {
  const { workspace, courier } = world;
  const place = placeOf(workspace, input.as, input.container);
  const placed = place && elementAt(place, input.block_id, input.action_id);
  if (!place || !placed) return failed('error', 'This element is no longer there.');
  const asked = { block_id: placed.blockId, action_id: placed.actionId, value: input.query };
  const payload = suggestionPayload(workspace, input.as, place, asked);
  const ack = await courier.deliver('block_suggestion', { type: 'interactive', payload });
  if (ack.kind === 'timeout') return failed('timeout', 'Loading took too long.');
  if (ack.kind === 'failed' || !isObject(ack.body)) return failed('error', 'Could not load the options.');
  const options = objects(ack.body['options']);
  const groups = objects(ack.body['option_groups']);
  offer(place.offered, `${placed.blockId}/${placed.actionId}`, [
    ...options,
    ...groups.flatMap((group) => objects(group['options'])),
  ]);
  return { outcome: 'ok', options, option_groups: groups };
}

function offer(
  offered: Record<string, readonly JsonObject[]>,
  key: string,
  options: readonly JsonObject[],
): void {
  const known = offered[key] ?? [];
  offered[key] = [
    ...options,
    ...known.filter((each) => !options.some((one) => one['value'] === each['value'])),
  ];
}

function failed(outcome: 'error' | 'timeout', message: string): OptionsOutcome {
  return { outcome, options: [], option_groups: [], message };
}
