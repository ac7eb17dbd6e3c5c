import type { Stage } from '../stage.ts';

/** Keys of the bot's messages that stand somewhere. */
export function keysOf(stage: Stage): ReadonlySet<string> {
  return new Set(stage.world.slack.workspace.messages.flatMap((message) => keyOf(message) ?? []));
}

/** The message that bears a key, outside threads. */
export function messageOf(stage: Stage, key: string) {
  return stage.world.slack.workspace.messages.find((message) => keyOf(message) === key);
}

function keyOf({
  metadata,
  tombstone,
}: {
  readonly metadata?: object;
  readonly tombstone?: boolean;
}): string | undefined {
  if (tombstone || metadata === undefined || !('event_payload' in metadata)) return undefined;
  return (metadata.event_payload as { readonly key?: string }).key;
}
