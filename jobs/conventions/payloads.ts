import { z } from 'zod';
import { repo } from '../payload-parts.ts';

const number = z.number().int().positive();

/** The hint that what the conventions say of a pull request may be something else. */
export const lookAtConventionsPayload = z.object({
  v: z.literal(1),
  repo,
  number,
  /** Whether to look though nothing has changed, as for who asks the check to run again. */
  again: z.boolean().optional(),
});

/** The intent of a person who pressed the button of the check. */
export const mendTitlePayload = z.object({
  v: z.literal(1),
  repo,
  number,
  /** One delivery of the click is one intent, however often it comes. */
  actionId: z.string().regex(/^[A-Za-z0-9-]{8,80}$/),
  by: z.string().min(1).max(100),
});
export type MendTitlePayload = z.output<typeof mendTitlePayload>;
