import type { Refusal } from '../domain/form/refusal.ts';
import { clip } from './clip.ts';
import { refusalText } from './refusal-text.ts';

/**
 * Refusals as the errors of the form's fields, `block_id -> text`.
 * @param blocks names of the form's blocks; Slack refuses errors for others, so those go to the name's field, or to the clouds'
 * where the name stays. Without it every field counts as shown.
 */
export function refusalErrors(
  refusals: readonly Refusal[],
  blocks?: readonly string[],
): Record<string, string> {
  const fallback = blocks === undefined || blocks.includes('name') ? 'name' : 'clouds';
  const isShown = (field: string) => blocks === undefined || blocks.includes(field);
  const errors = new Map<string, string[]>();
  for (const refusal of refusals) {
    const field = isShown(refusal.field) ? refusal.field : fallback;
    errors.set(field, [...(errors.get(field) ?? []), refusalText(refusal)]);
  }
  return Object.fromEntries(
    [...errors].map(([field, texts]) => [field, clip([...new Set(texts)].join(' '), 1000)]),
  );
}
