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

/** Parses a file of one or several YAML documents; those that parse are given even when another does not. */
export function readDocuments(text: string): ReadFile {
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
  return documents.flatMap((document) => {
    const list = listSchema.safeParse(document);
    if (list.success) return objectsOf(list.data.items);
    const parsed = objectSchema.safeParse(document);
    return parsed.success ? [parsed.data] : [];
  });
}

const listSchema = z.object({ kind: z.string().endsWith('List'), items: z.array(z.unknown()) });
