import { z } from 'zod';

/** Who may do something: every full member, or the members of Slack user groups. Guests never may. */
export const who = z.union(
  [
    z.literal('members'),
    z.strictObject({
      usergroups: z
        .array(z.string().regex(/^S[A-Z0-9]{2,}$/, "must be a Slack user group's id, S and digits"))
        .min(1)
        .max(50),
    }),
  ],
  { error: 'must be members, or a mapping with usergroups' },
);

export type Who = z.output<typeof who>;
