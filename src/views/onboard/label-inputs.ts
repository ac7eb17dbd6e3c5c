import type { KnownBlock } from '@slack/types';
import type { FormValues } from '../../domain/form/values.ts';
import type { Policy } from '../../domain/policy.ts';
import { fitting } from './fitting.ts';
import { oneOf, textInput } from './inputs.ts';

// Slack takes 250 kB; this leaves room for the rest of the form.
const mostBytes = 60_000;

/** The labels that the policy asks for. Where all choices together are too many for the form, the rest is typed. */
export function labelInputs(policy: Policy, values: FormValues): KnownBlock[] {
  const selects = policy.labels.map((rule) => {
    const choices = (rule.options ?? []).map((value) => ({ value }));
    return oneOf({ ...labelCommon(rule, values), choices });
  });
  const most = fitting(selects, mostBytes);
  return policy.labels.map((rule, index) => {
    const select = selects[index];
    if (rule.options !== undefined && select !== undefined && index < most) return select;
    return textInput({ ...labelCommon(rule, values), limit: 63 });
  });
}

function labelCommon(rule: Policy['labels'][number], values: FormValues) {
  return {
    field: `label.${rule.key}`,
    label: rule.title,
    hint: rule.hint,
    optional: !rule.required,
    value: values.labels[rule.key] ?? '',
  } as const;
}
