import type { ChangeWish } from '../../jobs/change/payloads.ts';
import { clip } from '../../src/views/clip.ts';

const longestReason = 1_000;

/**
 * What the first line of a comment asks for; undefined when it asks for nothing. Nothing below counts, and a quotation
 * never begins with a slash.
 */
export function commentCommand(body: string): ChangeWish | undefined {
  const line = (body.split(/\r\n|\r|\n/, 1)[0] ?? '').trimEnd();
  if (line === '/approve') return { kind: 'approve' };
  // Without its reason it is no rejection; the answer says how one is written.
  if (line === '/reject' || line === '/trunkline help') return { kind: 'help' };
  const reason = /^\/reject[ \t]+(.+)$/u.exec(line)?.[1]?.trim();
  return reason === undefined ? undefined : { kind: 'reject', reason: clip(reason, longestReason) };
}
