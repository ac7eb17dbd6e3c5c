import type { Platform } from './platform.ts';

/** The longest label that DNS and Kubernetes allow, in characters (RFC 1123). */
export const longestName = 63;

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const qualified = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

/**
 * Whether a text can name a namespace: an RFC 1123 label.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names
 */
export function isDnsLabel(text: string): boolean {
  return label.test(text);
}

/** Whether a text can be a label's value; empty counts. https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
export function isLabelValue(text: string): boolean {
  return text === '' || qualified.test(text);
}

/** Whether a text can be the key of a label or an annotation: `name`, or `prefix.example/name`. */
export function isLabelKey(text: string): boolean {
  const parts = text.split('/');
  if (parts.length > 2) return false;
  const [first = '', second] = parts;
  if (second === undefined) return qualified.test(first);
  return first.length <= 253 && first.split('.').every(isDnsLabel) && qualified.test(second);
}

/** Whether a text is a regular expression. */
export function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}

/** Whether the whole text matches a regular expression of the policy. */
export function matchesWhole(text: string, pattern: string): boolean {
  return new RegExp(`^(?:${pattern})$`, 'u').test(text);
}

/** Whether a name matches a reserved name, in which `*` stands for any characters, none included. */
export function matchesReserved(name: string, reserved: string): boolean {
  const [first = '', ...rest] = reserved.split('*');
  if (rest.length === 0) return name === first;
  if (!name.startsWith(first)) return false;
  const last = rest.pop() ?? '';
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}

/** A name near to what was typed that the rules of DNS allow, or undefined when nothing of it is left. */
export function suggestName(text: string, maximum: number): string | undefined {
  const near = text
    .slice(0, 200)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, Math.min(maximum, longestName))
    .replace(/-+$/, '');
  return isDnsLabel(near) ? near : undefined;
}

export type NameRefusal =
  | { readonly code: 'name-empty' }
  | { readonly code: 'name-form'; readonly suggestion: string | undefined }
  | { readonly code: 'name-too-long'; readonly maximum: number; readonly length: number }
  | { readonly code: 'name-reserved'; readonly reserved: string }
  | { readonly code: 'name-pattern'; readonly pattern: string }
  | { readonly code: 'name-taken'; readonly by: 'cluster' | 'feature' | 'namespace' };

export interface NameRules {
  readonly pattern?: string | undefined;
  readonly reserved: readonly string[];
  readonly maxLength: number;
}

/** Why no tenant can have this name, whatever the cloud; undefined when it can. */
export function refuseName(
  name: string,
  rules: NameRules,
  platform: Platform | undefined,
): NameRefusal | undefined {
  if (name === '') return { code: 'name-empty' };
  if (name.length > rules.maxLength)
    return { code: 'name-too-long', maximum: rules.maxLength, length: name.length };
  if (!isDnsLabel(name)) return { code: 'name-form', suggestion: suggestName(name, rules.maxLength) };
  const reserved = rules.reserved.find((one) => matchesReserved(name, one));
  if (reserved !== undefined) return { code: 'name-reserved', reserved };
  if (rules.pattern !== undefined && !matchesWhole(name, rules.pattern))
    return { code: 'name-pattern', pattern: rules.pattern };
  if (platform?.clusters.includes(name)) return { code: 'name-taken', by: 'cluster' };
  if (platform?.features.includes(name)) return { code: 'name-taken', by: 'feature' };
  if (platform?.namespaces.includes(name)) return { code: 'name-taken', by: 'namespace' };
  return undefined;
}
