import { lineDiff } from '../../domain/tenant-life/line-diff.ts';
import type { EditedFile } from '../../domain/tenant-life/resize.ts';

const marks = { same: ' ', removed: '-', added: '+' } as const;

/** What changes in a file, as a unified diff without its head. */
export function diffText({ before, after }: EditedFile): string {
  return lineDiff(before, after)
    .map((line) => (line.kind === 'gap' ? '…' : `${marks[line.kind]} ${line.text}`))
    .join('\n');
}
