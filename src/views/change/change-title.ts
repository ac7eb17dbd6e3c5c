import type { ChangeSheet } from '../../domain/change/sheet.ts';
import { cleanLine } from '../../domain/form/clean-text.ts';
import { clip } from '../clip.ts';

/** `Change 12: promote v0.0.3 to aws prod`. */
export function changeTitle({ number, title }: Pick<ChangeSheet, 'number' | 'title'>): string {
  return clip(`Change ${number}: ${cleanLine(title)}`, 150);
}
