import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

/** One thing wrong in the policy file. */
export interface PolicyProblem {
  /** Line in the file, from 1. */
  readonly line: number;
  /** Dotted path of the value, such as `sizes.default`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

interface ReadText {
  readonly kind: 'ok';
  readonly value: unknown;
  readonly root: unknown;
  readonly lines: LineCounter;
}

type Path = readonly PropertyKey[];

/** Reads the YAML; an empty file is an empty mapping. Aliases and duplicate keys are errors like any other. */
export function readPolicyText(
  text: string,
): ReadText | { kind: 'invalid'; problems: readonly PolicyProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({
      line: lines.linePos(error.pos[0]).line,
      path: '',
      message: error.message,
    }));
    return { kind: 'invalid', problems };
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: 20 });
    return { kind: 'ok', value: value ?? {}, root: document.contents, lines };
  } catch (error) {
    return {
      kind: 'invalid',
      problems: [{ line: 1, path: '', message: error instanceof Error ? error.message : String(error) }],
    };
  }
}

/** Every problem that the schema found, in the order of the file. */
export function findPolicyProblems(
  issues: readonly z.core.$ZodIssue[],
  read: ReadText,
  schema: object,
): readonly PolicyProblem[] {
  const line = (path: Path) => read.lines.linePos(offsetOf(read.root, path)).line;
  return issues
    .flatMap((issue) => {
      if (issue.code !== 'unrecognized_keys') {
        return [{ line: line(issue.path), path: issue.path.join('.'), message: describe(issue, read.value) }];
      }
      return issue.keys.map((key) => {
        const path = [...issue.path, key];
        return {
          line: line(path),
          path: path.join('.'),
          message: unknownKey(key, knownKeys(schema, issue.path)),
        };
      });
    })
    .toSorted((a, b) => a.line - b.line);
}

const typeWords: ReadonlyMap<string, string> = new Map([
  ['object', 'a mapping'],
  ['record', 'a mapping'],
  ['array', 'a list'],
  ['string', 'a text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
]);

function describe(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === 'invalid_type') {
    const expected = typeWords.get(issue.expected) ?? `a value of type ${issue.expected}`;
    const given = issue.path.reduce<unknown>(
      (at, key) => (isRecord(at) ? at[String(key)] : undefined),
      value,
    );
    if (given === null) return `is empty; give it ${expected}, or delete the line`;
    if (given === undefined) return `is missing; it needs ${expected}`;
    const quotes = issue.expected === 'string' && typeof given !== 'object' ? '; put it in quotes' : '';
    return `must be ${expected}${quotes}`;
  }
  if (issue.code === 'invalid_value') return `must be ${issue.values.map(String).join(' or ')}`;
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? issue.message;
  return issue.message;
}

function unknownKey(key: string, known: readonly string[]): string {
  const nearest = known
    .map((name) => ({ name, away: distance(key, name) }))
    .sort((a, b) => a.away - b.away)[0];
  if (nearest !== undefined && nearest.away <= Math.max(2, key.length / 3)) {
    return `is not a key of the policy; did you mean "${nearest.name}"?`;
  }
  return known.length === 0
    ? 'is not a key of the policy'
    : `is not a key of the policy; here it knows ${known.join(', ')}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function knownKeys(schema: unknown, path: Path): readonly string[] {
  let at = schema;
  for (const key of path) {
    if (!isRecord(at)) return [];
    const properties = at['properties'];
    at =
      typeof key === 'number'
        ? at['items']
        : ((isRecord(properties) ? properties[String(key)] : undefined) ?? at['additionalProperties']);
  }
  return isRecord(at) && isRecord(at['properties']) ? Object.keys(at['properties']) : [];
}

/** Levenshtein's distance of two short words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, left] of [...a.slice(0, 60)].entries()) {
    const next = [i + 1];
    for (const [j, right] of [...b].entries()) {
      const [over = 0, up = 0, before = 0] = [row[j], row[j + 1], next[j]];
      next.push(Math.min(up + 1, before + 1, over + (left === right ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** Where a path begins in the text; for what is missing, where its nearest parent begins. */
function offsetOf(root: unknown, path: Path): number {
  let offset = 0;
  let at = root;
  for (const key of path) {
    if (isMap(at)) {
      const pair = at.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (pair === undefined) break;
      offset = startOf(pair.key) ?? offset;
      at = pair.value;
    } else if (isSeq(at) && typeof key === 'number') {
      at = at.items[key];
      offset = startOf(at) ?? offset;
    } else break;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return (isMap(node) || isSeq(node) || isScalar(node) ? node : undefined)?.range?.[0];
}
