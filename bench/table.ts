import type { Figure } from './measurement.ts';

const COLUMNS = ['figure', 'value', 'beside', 'ratio', 'bound', ''] as const;

/** The figures as a table for people; a bound that is missed is marked. */
export function table(figures: Readonly<Record<string, Figure>>): string {
  const rows = [COLUMNS, ...Object.entries(figures).map(([name, figure]) => row(name, figure))];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length)));
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

function row(name: string, { value, unit, against, of, ratio, bound, ok }: Figure): readonly string[] {
  return [
    name,
    `${value} ${unit}`,
    against === undefined ? '' : `${against} ${unit}${of === undefined ? '' : ` (${of})`}`,
    ratio === undefined ? '' : String(ratio),
    bound ?? '',
    ok === undefined ? '' : ok ? 'holds' : 'MISSED',
  ];
}
