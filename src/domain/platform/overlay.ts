import { z } from 'zod';
import type { Overlay } from '../platform.ts';

const listing = z.array(z.string()).nullish();
const listings = z.object({ resources: listing, bases: listing, components: listing });

/** Fields that change no object: what a kustomization file is, and plain lists of what it applies. */
const plainFields = new Set(['apiVersion', 'kind', 'metadata', 'resources', 'bases']);

/**
 * Reads a kustomization file's document; `why` is a sentence when its lists cannot be understood.
 * @param broken whether the file does not parse.
 */
export function readOverlay(
  file: string,
  document: unknown,
  broken: boolean,
): { readonly overlay: Overlay; readonly why: string | undefined } {
  const parsed = listings.safeParse(document ?? {});
  const { resources, bases, components } = parsed.data ?? {};
  const fields = z.record(z.string(), z.unknown()).safeParse(document ?? {}).data ?? {};
  const beyond = Object.keys(fields).filter(
    (field) => !plainFields.has(field) && fields[field] !== null && !isEmptyList(fields[field]),
  );
  if (broken || !parsed.success) beyond.push('resources');
  return {
    overlay: {
      file,
      listed: [...(resources ?? []), ...(bases ?? []), ...(components ?? [])],
      beyond: beyond.sort(),
      mentions: beyond.length === 0 ? [] : [...new Set(textsIn(fields))],
    },
    why: parsed.success ? undefined : 'its list of resources cannot be understood',
  };
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Generators name files as `key=path` too. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string')
    return value.includes('\n') ? [] : [value, value.slice(value.indexOf('=') + 1)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
