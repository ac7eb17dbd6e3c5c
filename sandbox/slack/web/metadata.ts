import type { Json, JsonObject } from '../client-types.ts';
import { type Args, isObject, json } from './args.ts';
import { Refusal } from './reply.ts';

/** Longest metadata, in bytes of JSON. Slack documents the error, not the figure. */
const LARGEST = 16_000;

/**
 * The metadata of a message that is posted or updated; undefined when none is given, `{}` to take it away.
 *
 * https://docs.slack.dev/messaging/message-metadata
 */
export function metadataOf(args: Args): JsonObject | undefined {
  const metadata = json(args, 'metadata', 'invalid_metadata_format');
  if (metadata === undefined) return undefined;
  if (!isObject(metadata)) throw new Refusal('invalid_metadata_format');
  if (Object.keys(metadata).length === 0) return metadata;
  if (metadata['entities'] !== undefined && metadata['event_type'] === undefined) return metadata;
  const { event_type: type, event_payload: payload } = metadata;
  if (typeof type !== 'string' || type === '' || !isObject(payload))
    throw new Refusal('invalid_metadata_format');
  if (!/^[\w.:/-]{1,255}$/.test(type)) throw new Refusal('invalid_metadata_schema');
  if (!Object.values(payload).every(isAllowed)) throw new Refusal('invalid_metadata_schema');
  if (Buffer.byteLength(JSON.stringify(metadata)) > LARGEST) throw new Refusal('metadata_too_large');
  return { event_type: type, event_payload: payload };
}

/** Texts, numbers and booleans; objects of those; lists of either. */
function isAllowed(value: Json): boolean {
  if (value === null) return false;
  if (Array.isArray(value)) return value.every((each) => isPlain(each) || isFlat(each));
  return isPlain(value) || isFlat(value);
}

function isPlain(value: Json): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function isFlat(value: Json): boolean {
  return (
    isObject(value) &&
    Object.values(value).every((each) => isPlain(each) || (Array.isArray(each) && each.every(isPlain)))
  );
}
