import { type Fields, isFields } from '../objects.ts';

/**
 * What server-side apply makes of an object: fields of the manifest are set, fields that the manifest had before and
 * has no more are taken away, and what others wrote stays.
 */
export function mergeManifest(live: Fields, before: Fields, next: Fields): Fields {
  const result: Record<string, unknown> = { ...live };
  for (const name of Object.keys(before)) if (!(name in next)) delete result[name];
  for (const [name, value] of Object.entries(next)) {
    const [old, now] = [before[name], live[name]];
    result[name] =
      isFields(value) && isFields(now) ? mergeManifest(now, isFields(old) ? old : {}, value) : value;
  }
  return result;
}
