import { z } from 'zod';
import { type DeclaredObject, objectOf, readDocuments } from '../platform/documents.ts';
import type { ValuePath } from './kinds/shape-faults.ts';

/** An item of a file, with where it stands in it. */
export interface LocatedItem {
  readonly value: unknown;
  /** Undefined for what is no Kubernetes object. */
  readonly object: DeclaredObject | undefined;
  /** Index of its document in the file. */
  readonly document: number;
  /** Where it stands in its document: `[]`, or below `items` of a list. */
  readonly at: ValuePath;
}

const list = z.object({ kind: z.string().endsWith('List'), items: z.array(z.unknown()) });

/** A file's items, lists opened and empty documents left out; undefined when it does not parse. */
export function locatedItems(text: string): readonly LocatedItem[] | undefined {
  const { documents, why } = readDocuments(text);
  if (why !== undefined) return undefined;
  return documents.flatMap((value, document) => itemsOf(value, document, []));
}

function itemsOf(value: unknown, document: number, at: ValuePath): readonly LocatedItem[] {
  const read = list.safeParse(value).data;
  if (read !== undefined)
    return read.items.flatMap((one, index) => itemsOf(one, document, [...at, 'items', index]));
  return value == null ? [] : [{ value, object: objectOf(value), document, at }];
}

/** An object as people read it. */
export function objectName({ kind, metadata: { namespace, name } }: DeclaredObject): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}
