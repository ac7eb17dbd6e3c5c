import { z } from 'zod';
import type { ObjectProblem } from './check-object.ts';
import type { Problem } from './finding.ts';
import { type LocatedItem, objectName } from './located-objects.ts';

const values = z.record(z.string(), z.unknown());
const secret = z.object({
  kind: z.literal('Secret'),
  data: values.nullish(),
  stringData: values.nullish(),
  sops: z.unknown().optional(),
});

/** A Secret whose values can be read by whoever reads the repository. */
export function checkSecret({ value, object, at }: LocatedItem): readonly ObjectProblem[] {
  const read = secret.safeParse(value).data;
  if (read === undefined || object?.apiVersion !== 'v1') return [];
  return (['data', 'stringData'] as const).flatMap((field) =>
    Object.entries(read[field] ?? {})
      .filter(([, text]) => !isHidden(text))
      // One is enough to say so; the others are mended by the same act.
      .slice(0, 1)
      .map(([key]) => ({
        problem: { code: 'clear-secret', object: objectName(object), field: `${field}.${key}` } as const,
        at: [...at, field, key],
      })),
  );
}

/** Nothing, what SOPS has encrypted, or what Flux fills in from elsewhere. */
function isHidden(value: unknown): boolean {
  if (value == null || value === '') return true;
  if (typeof value !== 'string') return false;
  return /^ENC\[[A-Z0-9_]+,/.test(value) || /^\$\{\w+(?::?[=-][^}]*)?\}$/.test(value);
}

/** Credentials that tell themselves by their form: what it is -> how it looks. */
const CREDENTIALS: readonly (readonly [string, RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/g],
  ['an age key', /\bAGE-SECRET-KEY-1[0-9A-Z]{58}\b/g],
  ['a token of GitHub', /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})\b/g],
  ['a token of GitLab', /\bglpat-[A-Za-z0-9_-]{20,}\b/g],
  ['a token of Slack', /\bxox[abprs]-[A-Za-z0-9-]{20,}\b|\bxapp-\d-[A-Za-z0-9-]{20,}\b/g],
  ['an access key of AWS', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g],
  ['an API key of Google', /\bAIza[0-9A-Za-z_-]{35}\b/g],
  ['a key of Stripe', /\bsk_live_[0-9A-Za-z]{20,}\b/g],
];

/** Credentials in a file of any kind, each with its line; the credential itself is in none of it. */
export function checkCredentials(
  text: string,
): readonly { readonly problem: Problem; readonly line: number }[] {
  return CREDENTIALS.flatMap(([what, pattern]) =>
    [...text.matchAll(pattern)]
      // AWS's own documentation has keys that end so.
      .filter(([found]) => !found.endsWith('EXAMPLE'))
      .slice(0, 5)
      .map(({ index }) => ({
        problem: { code: 'credential', what },
        line: text.slice(0, index).split('\n').length,
      })),
  );
}
