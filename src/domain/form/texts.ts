import { isLabelValue, matchesWhole } from '../names.ts';
import type { Policy } from '../policy.ts';
import { cleanLine, cleanLines, isReadable } from './clean-text.ts';
import type { Refusal } from './refusal.ts';
import { type FormField, type FormValues, fieldLimits } from './values.ts';

export interface Texts {
  readonly owner: string;
  readonly contact: string;
  readonly purpose: string;
}

/** Reads what was written in words. Characters that cannot be seen are taken out; lines stay in the purpose only. */
export function readTexts(values: FormValues): {
  readonly texts: Texts;
  readonly refusals: readonly Refusal[];
} {
  const refusals: Refusal[] = [];
  const read = (field: keyof Texts & FormField, clean: (text: string) => string): string => {
    // Twice the limit leaves room for what cleaning takes out, and never lets a huge text into it.
    const text = clean(values[field].slice(0, 2 * fieldLimits[field]));
    const length = values[field].length > 2 * fieldLimits[field] ? values[field].length : text.length;
    if (!isReadable(text)) refusals.push({ field, code: 'text-empty' });
    else if (length > fieldLimits[field])
      refusals.push({ field, code: 'text-too-long', maximum: fieldLimits[field], length });
    return text;
  };
  const texts = {
    owner: read('owner', cleanLine),
    contact: read('contact', cleanLine),
    purpose: read('purpose', cleanLines),
  };
  return { texts, refusals };
}

/** Reads the labels that the policy asks for; others are left out. */
export function readLabels(
  values: FormValues,
  policy: Policy,
): { readonly labels: Readonly<Record<string, string>>; readonly refusals: readonly Refusal[] } {
  const refusals: Refusal[] = [];
  const labels: [string, string][] = [];
  for (const rule of policy.labels) {
    const text = (Object.hasOwn(values.labels, rule.key) ? (values.labels[rule.key] ?? '') : '').trim();
    if (text !== '') labels.push([rule.key, text]);
    const refusal = refuseLabel(text, rule);
    if (refusal !== undefined) refusals.push(refusal);
  }
  return { labels: Object.fromEntries(labels), refusals };
}

function refuseLabel(text: string, rule: Policy['labels'][number]): Refusal | undefined {
  const field = `label.${rule.key}` as const;
  if (text === '') return rule.required ? { field, code: 'text-empty' } : undefined;
  if (!isLabelValue(text)) return { field, code: 'label-form' };
  if (rule.options !== undefined && !rule.options.includes(text))
    return { field, code: 'label-option', options: rule.options };
  if (rule.pattern === undefined || matchesWhole(text, rule.pattern)) return undefined;
  return { field, code: 'label-pattern', pattern: rule.pattern, hint: rule.hint };
}
