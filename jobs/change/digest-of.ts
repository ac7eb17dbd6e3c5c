import { createHash } from 'node:crypto';
import type { Subject } from '../../src/domain/change/record.ts';
import { canonicalJson } from '../../src/domain/platform/canonical.ts';

/** A short name of exactly what people are shown, so that a click on an outdated message is known. */
export function digestOf(subjects: readonly Subject[]): string {
  return createHash('sha256').update(canonicalJson(subjects)).digest('hex').slice(0, 40);
}
