import { type Document, isMap, isScalar, isSeq, LineCounter, parseAllDocuments } from 'yaml';
import { isTooDeep } from '../platform/documents.ts';
import type { ValuePath } from './kinds/shape-faults.ts';

/** A mistake of a file's YAML itself. */
export interface YamlMistake {
  readonly line: number;
  readonly message: string;
  readonly isDoubleKey: boolean;
}

export interface LineFinder {
  /** The line, from 1, of a value's key; of what stands around it where it is not there. */
  lineOf(document: number, at: ValuePath): number;
  mistakes(): readonly YamlMistake[];
}

/** Finds lines in a file; a file is parsed for it only when something in it is to be shown. */
export function lineFinder(text: string): LineFinder {
  const lines = new LineCounter();
  const documents: readonly Document[] = isTooDeep(text)
    ? []
    : [...parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' })];
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  return {
    lineOf: (document, at) => lineAt(offsetOf(documents[document]?.contents, at)),
    mistakes: () =>
      documents.flatMap(({ errors }) =>
        errors.map(({ code, message, pos }) => ({
          line: lineAt(pos[0]),
          message,
          isDoubleKey: code === 'DUPLICATE_KEY',
        })),
      ),
  };
}

function offsetOf(root: unknown, at: ValuePath): number {
  let node = root;
  let offset = startOf(root);
  for (const step of at) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) return offset;
      offset = startOf(pair.key) || offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = startOf(node) || offset;
    } else return offset;
  }
  return offset;
}

function startOf(node: unknown): number {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : 0;
}
