import { z } from 'zod';

/** The most characters that a field takes; the form and the check share them. */
export const fieldLimits = {
  name: 63,
  owner: 80,
  contact: 120,
  purpose: 1000,
  ports: 700,
  quantity: 20,
} as const;

/** The most lines of further ports. */
export const mostPorts = 10;

/** The most characters of packed form values; Slack keeps 3,000 of `private_metadata`, the repository's name takes up to 141. */
export const packedLimit = 2800;

const typed = z.string();

/** What a person has put into the form, exactly as typed. It travels in jobs and in Slack's `private_metadata`. */
export const formValuesSchema = z.strictObject({
  name: typed,
  clouds: z.array(typed),
  environments: z.array(typed),
  /** A named size of the policy, or `own`. */
  size: typed,
  requestsMemory: typed.default(''),
  limitsMemory: typed.default(''),
  requestsCpu: typed.default(''),
  limitsCpu: typed.default(''),
  /** Environment -> level; an environment without one gets what the policy proposes. */
  access: z.record(typed, typed).default({}),
  /** Environment -> groups. */
  groups: z.record(typed, z.array(typed)).default({}),
  owner: typed,
  contact: typed,
  reach: z.array(z.enum(['same-namespace', 'ingress'])),
  /** One port a line: `8080 from namespace monitoring`. */
  ports: typed.default(''),
  /** Label's key -> value. */
  labels: z.record(typed, typed).default({}),
  purpose: typed,
});

export type FormValues = z.output<typeof formValuesSchema>;

/** The form's fields; they name the blocks of the form too. */
export type FormField =
  | 'platform'
  | 'name'
  | 'clouds'
  | 'environments'
  | 'size'
  | QuantityField
  | `access.${string}`
  | `groups.${string}`
  | 'owner'
  | 'contact'
  | 'reach'
  | 'ports'
  | `label.${string}`
  | 'purpose';

export type QuantityField = 'requestsMemory' | 'limitsMemory' | 'requestsCpu' | 'limitsCpu';

export const quantityFields: readonly QuantityField[] = [
  'requestsMemory',
  'limitsMemory',
  'requestsCpu',
  'limitsCpu',
];

/** The values as text, as short as may be: what is empty is left out. */
export function packFormValues(values: FormValues): string {
  return JSON.stringify(values, (_key, value: unknown) => (isEmpty(value) ? undefined : value));
}

function isEmpty(value: unknown): boolean {
  return value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}

const packed = formValuesSchema.extend({
  name: typed.default(''),
  clouds: z.array(typed).default([]),
  environments: z.array(typed).default([]),
  size: typed.default(''),
  owner: typed.default(''),
  contact: typed.default(''),
  reach: formValuesSchema.shape.reach.default([]),
  purpose: typed.default(''),
});

/** Reads what `packFormValues` wrote. @throws when the text is something else. */
export function unpackFormValues(text: string): FormValues {
  return packed.parse(JSON.parse(text));
}
