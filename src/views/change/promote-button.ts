import { z } from 'zod';

/** What the button under an announcement is about: routing only. Its action is `releasePromoteAction`. */
export interface PromoteButton {
  /** `owner/name`. */
  readonly repo: string;
  readonly tag: string;
}

const value = z.strictObject({
  r: z
    .string()
    .max(140)
    .regex(/^[\w-]+\/[\w.-]+$/),
  t: z.string().min(1).max(250),
});

export function encodePromoteButton({ repo, tag }: PromoteButton): string {
  return JSON.stringify({ r: repo, t: tag });
}

/** @returns undefined when it is not one of ours. */
export function decodePromoteButton(text: string): PromoteButton | undefined {
  if (text.length > 1_000) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = value.safeParse(json);
  return parsed.success ? { repo: parsed.data.r, tag: parsed.data.t } : undefined;
}
