import type { LedgerRecord, PersonRef } from '../../src/domain/change/record.ts';
import { canonicalJson } from '../../src/domain/change/record-text.ts';

type Column = readonly [name: string, cell: (record: LedgerRecord) => string | number | undefined];

const COLUMNS: readonly Column[] = [
  ['seq', ({ seq }) => seq],
  ['at', ({ at }) => at],
  ['repo', ({ repo }) => repo],
  ['change', ({ deed }) => ('change' in deed ? deed.change : undefined)],
  ['kind', ({ deed }) => deed.kind],
  ['slack', (record) => whoDid(record)?.slack],
  ['github', (record) => whoDid(record)?.login],
  ['pull', ({ deed }) => ('pull' in deed ? deed.pull : undefined)],
  ['reason', ({ deed }) => ('reason' in deed ? deed.reason : undefined)],
  ['policy', ({ policy }) => policy],
  ['id', ({ id }) => id],
  ['key', ({ key }) => key],
  ['deed', ({ deed }) => canonicalJson(deed)],
];

/** Records as CSV with a heading, by RFC 4180. */
export function toCsv(records: readonly LedgerRecord[]): string {
  const rows = [
    COLUMNS.map(([name]) => name),
    ...records.map((record) => COLUMNS.map(([, cell]) => cell(record) ?? '')),
  ];
  return rows.map((row) => `${row.map((each) => csvCell(String(each))).join(',')}\r\n`).join('');
}

/**
 * One cell. What a spreadsheet would run as a formula gets an apostrophe before it.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvCell(text: string): string {
  // Some programs trim, and some take the full-width signs for the others.
  const safe = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n;\t']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function whoDid({ deed }: LedgerRecord): PersonRef | undefined {
  if (deed.kind === 'opened') return deed.requester;
  return 'by' in deed ? deed.by : undefined;
}
