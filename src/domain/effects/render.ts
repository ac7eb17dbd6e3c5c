import { z } from 'zod';
import { canonicalJson } from '../platform/canonical.ts';
import { type DeclaredObject, itemsOf, objectOf, objectsOf, readDocuments } from '../platform/documents.ts';
import type { NotRenderedWhy } from './effect.ts';

/** An object as a file declares it. */
export interface RenderedObject {
  readonly declared: DeclaredObject;
  /** All that it says but for its namespace, as canonical JSON. */
  readonly content: string;
  /** Whether it asks Flux never to delete it. */
  readonly kept: boolean;
}

export type Rendered =
  | { readonly kind: 'objects'; readonly objects: readonly RenderedObject[]; readonly hasVariables: boolean }
  | {
      readonly kind: 'not-rendered';
      readonly why: NotRenderedWhy;
      /** Objects that it may declare all the same, as far as can be told. */
      readonly possible: readonly DeclaredObject[];
    };

const annotated = z.object({ metadata: z.object({ annotations: z.record(z.string(), z.unknown()) }) });
const fieldsOf = z.record(z.string(), z.unknown());
const isEncrypted = z.object({ sops: z.unknown().refine((value) => value != null) });

/** What a file's text declares, or why that cannot be told. */
export function render(text: string | undefined): Rendered {
  if (text === undefined) return { kind: 'not-rendered', why: 'missing-text', possible: [] };
  const { documents, why } = readDocuments(text);
  const fail = (reason: NotRenderedWhy): Rendered => ({
    kind: 'not-rendered',
    why: reason,
    possible: objectsOf(documents),
  });
  if (why !== undefined) return fail('unreadable');
  if (documents.some((document) => isEncrypted.safeParse(document).success)) return fail('encrypted');
  const objects: RenderedObject[] = [];
  for (const item of itemsOf(documents)) {
    const declared = objectOf(item);
    if (declared === undefined) return fail('not-an-object');
    objects.push({ declared, content: contentOf(item), kept: isKept(item) });
  }
  return { kind: 'objects', objects, hasVariables: text.includes('${') };
}

function contentOf(item: unknown): string {
  const { metadata, ...rest } = fieldsOf.parse(item);
  const { namespace: _, ...others } = fieldsOf.parse(metadata);
  return canonicalJson({ ...rest, metadata: others });
}

/** https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources */
function isKept(item: unknown): boolean {
  const annotations = annotated.safeParse(item).data?.metadata.annotations ?? {};
  return ['prune', 'reconcile'].some(
    (verb) => annotations[`kustomize.toolkit.fluxcd.io/${verb}`] === 'disabled',
  );
}
