import { z } from 'zod';
import { readButtonValue, repoInButton } from '../button-value.ts';

/** What the button under an announcement is about: routing only. Its action is `releasePromoteAction`. */
export interface PromoteButton {
  /** `owner/name`. */
  readonly repo: string;
  readonly tag: string;
}

const value = z.strictObject({
  r: repoInButton,
  t: z.string().min(1).max(250),
});

export function encodePromoteButton({ repo, tag }: PromoteButton): string {
  return JSON.stringify({ r: repo, t: tag });
}

/** @returns undefined when it is not one of ours. */
export function decodePromoteButton(text: string): PromoteButton | undefined {
  const read = readButtonValue(text, value, 1_000);
  return read && { repo: read.r, tag: read.t };
}
