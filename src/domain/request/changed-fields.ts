import type { FormField, FormValues } from '../form/values.ts';
import { quantityFields } from '../form/values.ts';
import { environmentRules, type Policy } from '../policy.ts';

/** A field of the form that is another one now. */
export interface ChangedField {
  readonly field: FormField;
  readonly before: string;
  readonly after: string;
}

/** What differs between two forms, in the order in which one reads them. */
export function changedFields(
  before: FormValues,
  after: FormValues,
  policy: Policy,
): readonly ChangedField[] {
  const [old, wanted] = [fieldsOf(before, policy), fieldsOf(after, policy)];
  const fields = [...new Set([...wanted.keys(), ...old.keys()])];
  return fields.flatMap((field) => {
    const change = { field, before: old.get(field) ?? '', after: wanted.get(field) ?? '' };
    return change.before === change.after ? [] : [change];
  });
}

/** Where no level was chosen, what the policy proposes counts as chosen; what is said of other environments does not. */
function fieldsOf(values: FormValues, policy: Policy): ReadonlyMap<FormField, string> {
  const list = (texts: readonly string[]) => [...texts].sort().join(', ');
  return new Map<FormField, string>([
    ['clouds', list(values.clouds)],
    ['environments', list(values.environments)],
    ['size', values.size],
    ...quantityFields.map((field) => [field, values[field].trim()] as const),
    ...values.environments.flatMap((one): readonly [FormField, string][] => [
      [`access.${one}`, values.access[one] ?? environmentRules(policy, one).access],
      [`groups.${one}`, list(values.groups[one] ?? [])],
    ]),
    ['owner', values.owner.trim()],
    ['contact', values.contact.trim()],
    ['reach', list(values.reach)],
    ['ports', list(values.ports.split('\n').map((row) => row.trim()))],
    ...Object.entries(values.labels).map(([key, text]) => [`label.${key}`, text] as const),
    ['purpose', values.purpose.trim()],
  ]);
}
