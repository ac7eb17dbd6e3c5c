import type { Turn } from './record.ts';

/** Management folder and source of a turn. */
export function placeOfTurn({ source }: Pick<Turn, 'source'>): {
  readonly management: string;
  /** `namespace/name`. */
  readonly source: string;
} {
  const at = source.lastIndexOf(':');
  return { management: source.slice(0, at), source: source.slice(at + 1) };
}
