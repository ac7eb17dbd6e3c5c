import { z } from 'zod';

import { isFields } from '../objects.ts';
import { same } from '../same.ts';

const operations = z.array(
  z.object({
    op: z.enum(['add', 'remove', 'replace', 'move', 'copy', 'test']),
    path: z.string(),
    from: z.string().optional(),
    value: z.unknown().optional(),
  }),
);

/** One operation of RFC 6902. */
export type Operation = z.infer<typeof operations>[number];

/** The operations of a JSON patch; undefined when the value is none. */
export function operationsOf(value: unknown): readonly Operation[] | undefined {
  return operations.safeParse(value).data;
}

/** A patch that does not fit its object. */
export class PatchFailure extends Error {}

/** Applies a JSON patch (RFC 6902). @throws PatchFailure when a path is missing or a test fails. */
export function jsonPatch(document: unknown, operations: readonly Operation[]): unknown {
  return operations.reduce<unknown>(applied, document);
}

/** Applies a merge patch (RFC 7386): null removes. */
export function mergePatch(document: unknown, patch: unknown): unknown {
  if (!isFields(patch)) return patch;
  const result: Record<string, unknown> = isFields(document) ? { ...document } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = mergePatch(result[name], value);
  }
  return result;
}

function applied(document: unknown, { op, path, from = '', value }: Operation): unknown {
  switch (op) {
    case 'test':
      if (!same(valueAt(document, steps(path)), value)) throw new PatchFailure(`testing path ${path} failed`);
      return document;
    case 'remove':
      return edited(document, steps(path), { kind: 'remove' });
    case 'add':
      return edited(document, steps(path), { kind: 'add', value });
    case 'replace':
      valueAt(document, steps(path));
      return edited(document, steps(path), { kind: 'replace', value });
    case 'copy':
      return edited(document, steps(path), { kind: 'add', value: valueAt(document, steps(from)) });
    case 'move': {
      const moved = valueAt(document, steps(from));
      return edited(edited(document, steps(from), { kind: 'remove' }), steps(path), {
        kind: 'add',
        value: moved,
      });
    }
  }
}

type Edit = { readonly kind: 'remove' } | { readonly kind: 'add' | 'replace'; readonly value?: unknown };

function steps(path: string): readonly string[] {
  if (path === '') return [];
  if (!path.startsWith('/')) throw new PatchFailure(`path ${path} does not begin with a slash`);
  return path
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function valueAt(document: unknown, path: readonly string[]): unknown {
  let value = document;
  for (const step of path) {
    const inside = Array.isArray(value) ? value[Number(step)] : isFields(value) ? value[step] : undefined;
    if (inside === undefined) throw new PatchFailure(`path /${path.join('/')} is missing`);
    value = inside;
  }
  return value;
}

function edited(document: unknown, [step, ...rest]: readonly string[], edit: Edit): unknown {
  if (step === undefined) return edit.kind === 'remove' ? undefined : edit.value;
  if (Array.isArray(document)) return editedList(document, step, rest, edit);
  if (!isFields(document)) throw new PatchFailure(`path ends before ${step}`);
  const result: Record<string, unknown> = { ...document };
  if (rest.length > 0) {
    if (!(step in result)) throw new PatchFailure(`path ends before ${step}`);
    result[step] = edited(result[step], rest, edit);
  } else if (edit.kind === 'remove') {
    if (!(step in result)) throw new PatchFailure(`nothing to remove at ${step}`);
    delete result[step];
  } else result[step] = edit.value;
  return result;
}

function editedList(list: readonly unknown[], step: string, rest: readonly string[], edit: Edit): unknown[] {
  const at = step === '-' ? list.length : Number(step);
  if (!Number.isInteger(at) || at < 0 || at > list.length)
    throw new PatchFailure(`no place ${step} in a list`);
  if (rest.length > 0) return list.with(at, edited(list[at], rest, edit));
  if (edit.kind === 'remove') return list.toSpliced(at, 1);
  return list.toSpliced(at, edit.kind === 'add' ? 0 : 1, edit.value);
}
