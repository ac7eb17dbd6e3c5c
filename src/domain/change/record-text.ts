import type { LedgerRecord } from './record.ts';

/** What is signed: all of a record but the signature, as canonical JSON. */
export function signedText(record: Omit<LedgerRecord, 'signature'>): string {
  return canonicalJson({ ...record, signature: undefined });
}

/** The record as it stands in its file: canonical JSON on one line, and a newline. */
export function recordText(record: LedgerRecord): string {
  return `${canonicalJson(record)}\n`;
}

/** Where the record stands; by year and month in UTC, so that no folder grows without end. */
export function recordPath({ at, id }: Pick<LedgerRecord, 'at' | 'id'>): string {
  return `records/${at.slice(0, 4)}/${at.slice(5, 7)}/${id}.json`;
}

/** One text for one value: keys sorted by code unit, nothing between them, what is undefined left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((each) => canonicalJson(each ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`);
  return `{${entries.join(',')}}`;
}
