import type { InputValue, JsonObject } from '../../slack/client-types.ts';
import { label, text } from './json.ts';

export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly description: string;
}

export interface Group {
  /** '' where the options are not grouped. */
  readonly label: string;
  readonly choices: readonly Choice[];
}

export function choicesOf(options: readonly JsonObject[]): readonly Choice[] {
  return options.map((option) => ({
    value: text(option['value']),
    text: label(option['text']),
    description: label(option['description']),
  }));
}

/** The values that are chosen, whether one or several can be. */
export function chosen(value: InputValue): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value) ? value.map(String) : [];
}
