import { environmentRules, type Policy } from '../policy.ts';
import type { AccessGrant } from '../tenant-request.ts';
import type { Refusal } from './refusal.ts';
import type { FormValues } from './values.ts';

/** Reads who gets what in each of the environments; where nothing was chosen, what the policy proposes. */
export function readAccess(
  values: FormValues,
  environments: readonly string[],
  policy: Policy,
): { readonly access: readonly AccessGrant[]; readonly refusals: readonly Refusal[] } {
  const levels = Object.keys(policy.access.roles);
  const groups = policy.access.groups.map(({ name }) => name);
  const refusals: Refusal[] = [];
  const access = environments.map((environment): AccessGrant => {
    const level = own(values.access, environment) ?? environmentRules(policy, environment).access;
    if (!levels.includes(level)) {
      refusals.push({ field: `access.${environment}`, code: 'unknown-choice', choice: level, known: levels });
    }
    const chosen = [...new Set(own(values.groups, environment))];
    const stranger = chosen.find((group) => !groups.includes(group));
    if (stranger !== undefined) {
      refusals.push({
        field: `groups.${environment}`,
        code: 'unknown-choice',
        choice: stranger,
        known: groups,
      });
    }
    return { environment, level, groups: chosen };
  });
  return { access, refusals };
}

function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
