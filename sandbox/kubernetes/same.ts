import { isFields } from './objects.ts';

/** Whether two JSON values say the same; the order of an object's fields does not count. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, at) => same(each, b[at]));
  if (!isFields(a) || !isFields(b)) return false;
  const [left, right] = [present(a), present(b)];
  return left.length === right.length && left.every((name) => same(a[name], b[name]));
}

function present(fields: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(fields).filter((name) => fields[name] !== undefined);
}
