import type { Json, JsonObject } from '../../slack/client-types.ts';

/** A string; '' for anything else. */
export function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

export function object(value: Json | undefined): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

/** The objects of a list; none for anything else. */
export function list(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The text of a text object. */
export function label(value: Json | undefined): string {
  return text(object(value)?.['text']);
}

export function number(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value;
  const parsed = typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(parsed) ? parsed : undefined;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
