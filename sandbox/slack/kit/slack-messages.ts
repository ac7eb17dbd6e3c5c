import type { z } from 'zod';

/**
 * Slack's own wording for what is wrong with a payload, one line for each place, as it comes in
 * `response_metadata.messages` (without `[ERROR]`). The wording is that of real answers, for instance in
 * https://github.com/slackapi/java-slack-sdk/pull/302 and https://github.com/slack-go/slack/issues/1446
 *
 * @param root the value that was checked.
 * @param base JSON pointer to it in the request (`/blocks`, `/view`).
 */
export function slackMessages(error: z.ZodError, root: unknown, base: string): string[] {
  return error.issues.flatMap((issue) => messagesOf(issue, root, base));
}

function messagesOf(issue: z.core.$ZodIssue, root: unknown, base: string): string[] {
  const at = (path: readonly PropertyKey[]) => `[json-pointer:${[base, ...path.map(String)].join('/')}]`;
  const parent = issue.path.slice(0, -1);
  const last = String(issue.path.at(-1) ?? '');
  const value = valueAt(root, issue.path);
  if (
    value === undefined &&
    issue.path.length > 0 &&
    issue.code !== 'custom' &&
    issue.code !== 'unrecognized_keys'
  ) {
    return [`missing required field: ${last} ${at(parent)}`];
  }
  switch (issue.code) {
    case 'invalid_type':
      return [`must provide ${article(issue.expected)} ${at(issue.path)}`];
    case 'too_big':
      return [`${tooBig(issue.origin, Number(issue.maximum))} ${at(issue.path)}`];
    case 'too_small':
      return [`${tooSmall(issue.origin, Number(issue.minimum))} ${at(issue.path)}`];
    case 'unrecognized_keys':
      return issue.keys.map((key) => `invalid additional property: ${key} ${at(issue.path)}`);
    case 'invalid_union':
      return [
        last === 'type'
          ? `unsupported type: ${String(value)} ${at(issue.path)}`
          : `failed to match all allowed schemas ${at(issue.path)}`,
      ];
    case 'invalid_value':
      return [
        last === 'type'
          ? `unsupported type: ${String(value)} ${at(issue.path)}`
          : `must be a valid enum value ${at(issue.path)}`,
      ];
    default:
      return [`${issue.message} ${at(issue.path)}`];
  }
}

function tooBig(origin: string, maximum: number): string {
  if (origin === 'string') return `must be less than ${maximum + 1} characters`;
  return origin === 'array' ? `no more than ${maximum} items allowed` : `must be less than ${maximum + 1}`;
}

function tooSmall(origin: string, minimum: number): string {
  if (origin === 'string') return `must be more than ${minimum - 1} characters`;
  return origin === 'array'
    ? `no fewer than ${minimum} items allowed`
    : `must be greater than ${minimum - 1}`;
}

function article(expected: string): string {
  return `${/^[aeiou]/.test(expected) ? 'an' : 'a'} ${expected === 'int' ? 'integer' : expected}`;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    root,
  );
}
