import { z } from 'zod';
import { isDnsLabel } from '../../src/domain/names.ts';
import { tenantEditSchema } from '../../src/domain/tenant-life/tenant-edit.ts';
import { repo, requestId, slackUser, viewId } from '../payload-parts.ts';

const name = z.string().refine(isDnsLabel);

/** The intent of a person who wants to see a tenant, or what a change of it would bring, in a view that stands open. */
export const showTenantPayload = z.object({
  v: z.literal(1),
  repo,
  askedBy: slackUser,
  viewId,
  name,
  what: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('standing') }),
    z.object({ kind: z.enum(['resize-form', 'ports-form']) }),
    z.object({ kind: z.literal('preview'), edit: tenantEditSchema }),
  ]),
});
export type ShowTenantPayload = z.output<typeof showTenantPayload>;

/** The intent of a person who sent a change of a tenant; for an offboarding also what a second person said of it. */
export const editTenantPayload = z.object({
  v: z.literal(1),
  repo,
  requestId,
  askedBy: slackUser,
  /** Milliseconds since the epoch by the clock that took the form; bounds the search for our own messages only. */
  askedAt: z.number().int().positive(),
  name,
  edit: tenantEditSchema,
  answer: z.object({ kind: z.enum(['confirm', 'call-off']), by: slackUser }).optional(),
});
export type EditTenantPayload = z.output<typeof editTenantPayload>;
