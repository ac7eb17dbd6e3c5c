import type { FormField, FormValues } from '../form/values.ts';
import { quantityFields } from '../form/values.ts';

/** A field of the form that is another one now. */
export interface ChangedField {
  readonly field: FormField;
  readonly before: string;
  readonly after: string;
}

/** What differs between two forms, in the order in which one reads them. */
export function changedFields(before: FormValues, after: FormValues): readonly ChangedField[] {
  const [old, wanted] = [fieldsOf(before), fieldsOf(after)];
  const fields = [...new Set([...wanted.keys(), ...old.keys()])];
  return fields.flatMap((field) => {
    const change = { field, before: old.get(field) ?? '', after: wanted.get(field) ?? '' };
    return change.before === change.after ? [] : [change];
  });
}

function fieldsOf(values: FormValues): ReadonlyMap<FormField, string> {
  const list = (texts: readonly string[]) => [...texts].sort().join(', ');
  return new Map<FormField, string>([
    ['clouds', list(values.clouds)],
    ['environments', list(values.environments)],
    ['size', values.size],
    ...quantityFields.map((field) => [field, values[field].trim()] as const),
    ...Object.entries(values.access).map(([key, level]) => [`access.${key}`, level] as const),
    ...Object.entries(values.groups).map(([key, names]) => [`groups.${key}`, list(names)] as const),
    ['owner', values.owner.trim()],
    ['contact', values.contact.trim()],
    ['reach', list(values.reach)],
    ['ports', list(values.ports.split('\n').map((row) => row.trim()))],
    ...Object.entries(values.labels).map(([key, text]) => [`label.${key}`, text] as const),
    ['purpose', values.purpose.trim()],
  ]);
}
