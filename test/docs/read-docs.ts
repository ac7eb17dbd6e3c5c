import { readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(import.meta.dirname, '..', '..');

/** A file of the project as text. */
export function readText(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

/** The rows of the table between the comments `<!-- name -->` and `<!-- end of name -->`, cells without backticks. */
export function readTable(file: string, name: string): readonly (readonly string[])[] {
  const [, after = ''] = readText(file).split(`<!-- ${name} -->`);
  const [table = ''] = after.split(`<!-- end of ${name} -->`);
  const rows = table.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) => {
    const cells = row.slice(1, -1).split(' | ');
    return cells.map((cell) => cell.trim().replaceAll('`', ''));
  });
}

/** The first cell of each row. */
export function firstCells(rows: readonly (readonly string[])[]): readonly string[] {
  return rows.map(([first = '']) => first).toSorted();
}

/** The text of all fenced blocks of a language. */
export function fencedBlocks(text: string, language: string): readonly string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, block = '']) => block,
  );
}
