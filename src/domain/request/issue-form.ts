import type { FormField, FormValues } from '../form/values.ts';

/** The form's headings, in order, with the field that each is; `deploy/github/tenant-request.yml` has the same. */
export const issueHeadings = {
  'Name of the namespace': 'name',
  Clouds: 'clouds',
  Environments: 'environments',
  Size: 'size',
  Access: 'access',
  'Owning team': 'owner',
  Contact: 'contact',
  'What may reach it': 'reach',
  'Further TCP ports': 'ports',
  Labels: 'labels',
  Purpose: 'purpose',
} as const satisfies Readonly<Record<string, keyof FormValues>>;

export const issueReach = {
  'Pods of the same namespace': 'same-namespace',
  'The ingress controller': 'ingress',
} as const satisfies Readonly<Record<string, FormValues['reach'][number]>>;

/** What in an issue cannot be read as the form writes it. */
export type IssueMistake =
  | { readonly code: 'heading-missing'; readonly heading: string }
  | { readonly code: 'access-line' | 'label-line' | 'reach-line'; readonly line: string };

export type IssueForm =
  /** It is not made with the form at all. */
  | { readonly kind: 'other' }
  | { readonly kind: 'mistakes'; readonly mistakes: readonly IssueMistake[] }
  | { readonly kind: 'values'; readonly values: FormValues };

const headings = Object.keys(issueHeadings);
const [firstHeading = ''] = headings;

/**
 * Reads the text of an issue that was made with the form: every heading once and in its order, below each what was
 * typed. Whatever stands below the last heading, Purpose, is its text, also what looks like a heading.
 */
export function parseIssueForm(body: string): IssueForm {
  const lines = body.replace(/\r\n?/g, '\n').split('\n');
  const first = lines.find((line) => line.trim() !== '');
  if (first?.trimEnd() !== `### ${firstHeading}`) return { kind: 'other' };
  const texts = new Map<string, string>();
  let rest = lines;
  for (const [index, heading] of headings.entries()) {
    const start = rest.findIndex((line) => line.trimEnd() === `### ${heading}`);
    if (start < 0) return { kind: 'mistakes', mistakes: [{ code: 'heading-missing', heading }] };
    const next = headings[index + 1];
    const after = rest.slice(start + 1);
    const end = after.findIndex((line) => next !== undefined && line.trimEnd() === `### ${next}`);
    texts.set(heading, answered(after.slice(0, end < 0 ? undefined : end)));
    rest = end < 0 ? after : after.slice(end);
  }
  return readTexts((heading) => texts.get(heading) ?? '');
}

/** GitHub writes this where nothing was typed. */
const NOTHING = '_No response_';

function answered(lines: readonly string[]): string {
  const text = lines.join('\n').trim();
  return text === NOTHING ? '' : text;
}

function readTexts(text: (heading: keyof typeof issueHeadings) => string): IssueForm {
  const mistakes: IssueMistake[] = [];
  const access: Record<string, string> = {};
  const groups: Record<string, string[]> = {};
  for (const line of linesOf(text('Access'))) {
    const [, environment, level, names] =
      /^([^\s:]{1,60}):\s*([^\s,]{1,60})(?:\s+for\s+(\S.*))?$/.exec(line) ?? [];
    if (environment === undefined || level === undefined) {
      mistakes.push({ code: 'access-line', line });
      continue;
    }
    access[environment] = level;
    if (names !== undefined) groups[environment] = list(names);
  }
  const labels: Record<string, string> = {};
  for (const line of linesOf(text('Labels'))) {
    const [, key, value] = /^(\S{1,320}):\s*(\S{1,63})$/.exec(line) ?? [];
    if (key === undefined || value === undefined) mistakes.push({ code: 'label-line', line });
    else labels[key] = value;
  }
  const reach = linesOf(text('What may reach it')).flatMap((line) => {
    const [, mark, title = ''] = /^- \[([ xX])\] (.+)$/.exec(line) ?? [];
    const value = Object.entries(issueReach).find(([each]) => each === title)?.[1];
    if (mark === undefined || value === undefined) {
      mistakes.push({ code: 'reach-line', line });
      return [];
    }
    return mark === ' ' ? [] : [value];
  });
  if (mistakes.length > 0) return { kind: 'mistakes', mistakes };
  return {
    kind: 'values',
    values: {
      name: text('Name of the namespace'),
      clouds: list(text('Clouds')),
      environments: list(text('Environments')),
      size: text('Size'),
      requestsMemory: '',
      limitsMemory: '',
      requestsCpu: '',
      limitsCpu: '',
      access,
      groups,
      owner: text('Owning team'),
      contact: text('Contact'),
      reach,
      ports: text('Further TCP ports'),
      labels,
      purpose: text('Purpose'),
    },
  };
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function list(text: string): string[] {
  return text
    .split(/[,\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** What the issue form calls a field. */
export function issueHeadingOf(field: FormField): string | undefined {
  const [part] = field.split('.', 1);
  const own = part === 'label' ? 'labels' : part === 'groups' ? 'access' : part;
  return Object.entries(issueHeadings).find(([, each]) => each === own)?.[0];
}
