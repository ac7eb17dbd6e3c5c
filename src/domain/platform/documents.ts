import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

const objectSchema = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({ name: z.string(), namespace: z.string().optional() }),
  spec: z.unknown().optional(),
});

/** One Kubernetes object as a file declares it. */
export type DeclaredObject = z.output<typeof objectSchema>;

export interface ReadFile {
  /** Every document of the file, parsed. */
  readonly documents: readonly unknown[];
  /** Why the file, or a document in it, could not be read; undefined when all could. */
  readonly why: string | undefined;
}

/** Characters of text that one generation of what is remembered may hold. */
const mostCharacters = 5_000_000;
let recent = new Map<string, ReadFile>();
let older: ReadonlyMap<string, ReadFile> = new Map();
let characters = 0;

/**
 * Parses a file of one or several YAML documents; those that parse are given even when another does not. What a text
 * holds is remembered: from one commit to the next nearly all files are the same, and parsing takes longest of all.
 */
export function readDocuments(text: string): ReadFile {
  const known = recent.get(text);
  if (known !== undefined) return known;
  const read = older.get(text) ?? parse(text);
  characters += text.length;
  if (characters > mostCharacters) {
    older = recent;
    recent = new Map();
    characters = text.length;
  }
  recent.set(text, read);
  return read;
}

const deepest = 500;

/**
 * Whether a text nests deeper than any manifest: the parser would take seconds to give up on it. Brackets within texts
 * count as well, which makes no difference at this depth.
 */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [mark] of text.matchAll(/[[{\]}]/g)) {
    depth = mark === '[' || mark === '{' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > deepest) return true;
  }
  return /^[ ]*(?:[-?] +){200}/m.test(text);
}

function parse(text: string): ReadFile {
  if (isTooDeep(text)) return { documents: [], why: 'it is nested too deeply' };
  const documents: unknown[] = [];
  let why: string | undefined;
  for (const document of [...parseAllDocuments(text, { prettyErrors: false, logLevel: 'silent' })]) {
    const [error] = document.errors;
    if (error !== undefined) {
      why ??= error.message;
      continue;
    }
    try {
      documents.push(document.toJS({ maxAliasCount: 100 }));
    } catch (failure) {
      why ??= failure instanceof Error ? failure.message : String(failure);
    }
  }
  return { documents, why };
}

/** The Kubernetes objects among a file's documents; a `List` is opened. */
export function objectsOf(documents: readonly unknown[]): readonly DeclaredObject[] {
  return itemsOf(documents).flatMap((item) => objectOf(item) ?? []);
}

/** A file's documents with every `List` opened and the empty ones left out. */
export function itemsOf(documents: readonly unknown[]): readonly unknown[] {
  return documents.flatMap((document) => {
    const list = listSchema.safeParse(document);
    if (list.success) return itemsOf(list.data.items);
    return document == null ? [] : [document];
  });
}

/** @returns undefined for what is no Kubernetes object. */
export function objectOf(item: unknown): DeclaredObject | undefined {
  return objectSchema.safeParse(item).data;
}

const listSchema = z.object({ kind: z.string().endsWith('List'), items: z.array(z.unknown()) });
