import type { LedgerDamage, LedgerRecord } from './record.ts';
import { recordPath, recordText } from './record-text.ts';

export interface LedgerFile {
  readonly path: string;
  /** Id of the blob that it holds. */
  readonly oid: string;
}

/**
 * Whether the files of a ledger are those of its records, neither more nor fewer.
 *
 * @param blobOid the id that git gives a text.
 * @param named paths whose damage is known already, and is not told twice.
 */
export function compareFiles(
  records: readonly LedgerRecord[],
  files: readonly LedgerFile[],
  blobOid: (text: string) => string,
  named: ReadonlySet<string>,
): readonly LedgerDamage[] {
  const found = new Map(files.map(({ path, oid }) => [path, oid]));
  const damage = records.flatMap((record): readonly LedgerDamage[] => {
    const where = recordPath(record);
    const oid = found.get(where);
    found.delete(where);
    if (oid === undefined) return [{ why: 'deleted', where }];
    return oid === blobOid(recordText(record)) ? [] : [{ why: 'edited', where }];
  });
  const extra = [...found.keys()].filter((path) => path.startsWith('records/') && !named.has(path));
  return [...damage, ...extra.map((where): LedgerDamage => ({ why: 'forged', where }))];
}

/** The record that a commit's message holds below its headline; undefined for a commit that claims to hold none. */
export function recordOfMessage(message: string): string | undefined {
  const at = message.indexOf('\n');
  const body = at < 0 ? '' : message.slice(at).trim();
  return body.startsWith('{') ? `${body}\n` : undefined;
}
