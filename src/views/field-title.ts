import type { FormField } from '../domain/form/values.ts';
import { clip } from './clip.ts';

const titles: ReadonlyMap<string, string> = new Map([
  ['platform', 'Platform'],
  ['name', 'Name'],
  ['clouds', 'Clouds'],
  ['environments', 'Environments'],
  ['size', 'Size'],
  ['requestsCpu', 'Processor, requests'],
  ['limitsCpu', 'Processor, limits'],
  ['requestsMemory', 'Memory, requests'],
  ['limitsMemory', 'Memory, limits'],
  ['owner', 'Owning team'],
  ['contact', 'Contact'],
  ['reach', 'What may reach it'],
  ['ports', 'Further TCP ports'],
  ['purpose', 'Purpose'],
]);

const prefixes = [
  ['access.', 'Access in '],
  ['groups.', 'Groups in '],
  ['label.', 'Label '],
] as const;

/** What the form calls a field. */
export function fieldTitle(field: FormField): string {
  const prefix = prefixes.find(([start]) => field.startsWith(start));
  if (prefix === undefined) return titles.get(field) ?? field;
  return `${prefix[1]}${clip(field.slice(prefix[0].length), 60)}`;
}
