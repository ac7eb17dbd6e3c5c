import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

import { isFields, type Manifest } from '../objects.ts';
import type { Repository } from './repository.ts';

const strings = z.record(z.string(), z.string());

const manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    labels: strings.optional(),
    annotations: strings.optional(),
  }),
});

/** The objects of one file, or why there are none. */
export type Parsed =
  | { readonly kind: 'objects'; readonly objects: readonly Manifest[] }
  | { readonly kind: 'broken'; readonly message: string };

const KEPT = 5_000;

/** Reads files as objects. A blob never changes, so what was read of it is kept. */
export class Manifests {
  readonly #repository: Repository;
  readonly #kept = new Map<string, Promise<Parsed>>();

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  read(blob: string): Promise<Parsed> {
    const known = this.#kept.get(blob);
    if (known) return known;
    if (this.#kept.size >= KEPT) this.#kept.clear();
    const fresh = this.#repository.text(blob).then(parseManifests);
    this.#kept.set(blob, fresh);
    fresh.catch(() => this.#kept.delete(blob));
    return fresh;
  }
}

export function parseManifests(text: string): Parsed {
  const objects: Manifest[] = [];
  for (const document of parseAllDocuments(text)) {
    const [error] = document.errors;
    if (error) return { kind: 'broken', message: yamlError(error) };
    const value: unknown = document.toJS();
    if (value === null || value === undefined) continue;
    for (const each of isList(value) ? value.items : [value]) {
      const read = manifestOf(each);
      if (typeof read === 'string') return { kind: 'broken', message: read };
      objects.push(read);
    }
  }
  return { kind: 'objects', objects };
}

/** An object, or what it lacks. */
export function manifestOf(value: unknown): Manifest | string {
  const read = manifest.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    return `invalid Kubernetes object: ${issue?.path.join('.') || 'object'}: ${issue?.message}`;
  }
  const { namespace, labels, annotations, ...metadata } = read.data.metadata;
  return {
    ...read.data,
    metadata: {
      ...metadata,
      ...(namespace === undefined ? {} : { namespace }),
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
    },
  };
}

function isList(value: unknown): value is { readonly items: readonly unknown[] } {
  return isFields(value) && String(value['kind']).endsWith('List') && Array.isArray(value['items']);
}

function yamlError({
  message,
  linePos,
}: {
  message: string;
  linePos?: readonly { line: number }[] | undefined;
}): string {
  const [first = message] = message.split('\n');
  const words = first.replace(/ at line \d+, column \d+:?$/, '');
  return `MalformedYAMLError: yaml: line ${linePos?.[0]?.line ?? 1}: ${words}`;
}
