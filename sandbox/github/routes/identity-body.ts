import { z } from 'zod';
import type { Identity } from '../git/objects.ts';
import type { Ctx } from '../route.ts';

export const identitySchema = z.object({
  name: z.string(),
  email: z.string(),
  /** ISO 8601; now when left out. */
  date: z.string().optional(),
});

/** An author, committer or tagger as a caller gives it. */
export function readIdentity(ctx: Ctx, given: z.infer<typeof identitySchema>): Identity {
  const at = given.date === undefined ? ctx.world.now() : Date.parse(given.date);
  const zone = /([+-]\d{2}):?(\d{2})$/.exec(given.date ?? '');
  const seconds = Math.floor((Number.isNaN(at) ? ctx.world.now() : at) / 1000);
  return { name: given.name, email: given.email, seconds, zone: zone ? `${zone[1]}${zone[2]}` : '+0000' };
}
