import { isMap, isScalar, isSeq, type Scalar, stringify, type YAMLMap } from 'yaml';
import type { Splice } from './splice.ts';
import { pairOf } from './yaml-objects.ts';

/** What a value is: a quantity may stand without quotes even where YAML takes it for a number. */
export type ValueKind = 'quantity' | 'text';

/**
 * The splice that gives a mapping's key this value, in the hand of what stands there: quotes as the old value has them,
 * a new key below the last one, with its indentation and the file's line ends.
 *
 * @returns undefined when the value stands in a way that has no place for another: a block text, an alias, a list.
 */
export function setPair(
  text: string,
  map: YAMLMap,
  key: string,
  value: string,
  kind: ValueKind,
): Splice | undefined {
  const pair = pairOf(map, key);
  if (pair === undefined) return addPair(text, map, `${key}: ${plain(value, kind)}`);
  const node = pair.value;
  if (!isScalar(node) || !node.range || node.anchor !== undefined || node.tag !== undefined) return undefined;
  const written = inStyle(node, value, kind);
  if (written === undefined) return undefined;
  const [start, end] = node.range;
  // `key:` without a value: the value's place is right behind the colon.
  const gap = start === end && text[start - 1] === ':' ? ' ' : '';
  return { start, end, text: `${gap}${written}` };
}

function inStyle(node: Scalar, value: string, kind: ValueKind): string | undefined {
  if (node.type === 'QUOTE_DOUBLE') return JSON.stringify(value);
  if (node.type === 'QUOTE_SINGLE') return `'${value.replaceAll("'", "''")}'`;
  return node.type === 'PLAIN' ? plain(value, kind) : undefined;
}

/** Without quotes where that is the same text to YAML 1.1 and 1.2 alike; `010` is eight to the former. */
function plain(value: string, kind: ValueKind): string {
  if (kind === 'quantity' && /^(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+|[A-Za-z]*)$/.test(value)) return value;
  return stringify(value, { lineWidth: 0, compat: 'yaml-1.1' }).trimEnd();
}

function addPair(text: string, map: YAMLMap, written: string): Splice | undefined {
  const last = map.items.at(-1);
  if (!map.range) return undefined;
  if (last === undefined) return { start: map.range[0], end: map.range[1], text: `{ ${written} }` };
  const end = endOf(text, last.value) ?? endOf(text, last.key);
  const first = map.items[0]?.key;
  if (end === undefined || !isScalar(first) || !first.range) return undefined;
  if (map.flow === true) return { start: end, end, text: `, ${written}` };
  const column = first.range[0] - (text.lastIndexOf('\n', first.range[0] - 1) + 1);
  const at = lineEnd(text, end);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return { start: at, end: at, text: `${newline}${' '.repeat(column)}${written}` };
}

/** Where a node's own text ends, without what follows on its line. */
function endOf(text: string, node: unknown): number | undefined {
  if (isMap(node) && node.flow !== true) return endOf(text, node.items.at(-1)?.value);
  if (isSeq(node) && node.flow !== true) return endOf(text, node.items.at(-1));
  const end = isMap(node) || isSeq(node) || isScalar(node) ? node.range?.[1] : undefined;
  return end !== undefined && text[end - 1] === '\n' ? end - 1 : end;
}

/** The end of the line that a place stands in, before its line end. */
function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  const end = newline < 0 ? text.length : newline;
  return text[end - 1] === '\r' && end > from ? end - 1 : end;
}
