import type { KnownBlock } from '@slack/types';
import type { FormValues } from '../../domain/form/values.ts';
import { environmentRules, type Policy } from '../../domain/policy.ts';
import { fitting } from './fitting.ts';
import { manyOf, oneOf } from './inputs.ts';

// Slack takes 100 blocks, of which all others may be 40, and 250 kB; this leaves room for the rest of the form.
const mostBlocks = 55;
const mostBytes = 90_000;

/** Who gets what in each environment. Access in what does not fit into the form is as the policy proposes. */
export function accessInputs(
  policy: Policy,
  values: FormValues,
  environments: readonly string[],
): KnownBlock[] {
  const levels = Object.entries(policy.access.roles).map(([value, role]) => ({
    value,
    title: `${value} (${role})`,
  }));
  const groups = policy.access.groups.map(({ name, title }) => ({ value: name, title }));
  const blocks = environments.flatMap((environment): KnownBlock[] => {
    const level = oneOf({
      field: `access.${environment}`,
      label: `Access in ${environment}`,
      hint: `For the tenant's service account. It counts if ${environment} is chosen above.`,
      choices: levels,
      value: values.access[environment] ?? environmentRules(policy, environment).access,
    });
    if (groups.length === 0) return [level];
    const also = manyOf({
      field: `groups.${environment}`,
      label: `Groups with that access in ${environment}`,
      optional: true,
      choices: groups,
      values: values.groups[environment] ?? [],
    });
    return [level, also];
  });
  return blocks.slice(0, Math.min(mostBlocks, fitting(blocks, mostBytes)));
}
