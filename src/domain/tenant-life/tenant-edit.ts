import { z } from 'zod';

const typed = z.string();
const place = z.object({ cloud: typed, folder: typed });

/** What a person wants of a tenant that stands, as typed. It travels in jobs and in Slack's `private_metadata`. */
export const tenantEditSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('resize'),
    /** The folders whose quota changes. */
    places: z.array(place).readonly(),
    /** A named size of the policy, or `own`. */
    size: typed,
    requestsMemory: typed.default(''),
    limitsMemory: typed.default(''),
    requestsCpu: typed.default(''),
    limitsCpu: typed.default(''),
  }),
  z.object({
    kind: z.literal('ports'),
    /** Where the ports change; one port a line, as in the onboarding form. */
    places: z.array(place.extend({ ports: typed })).readonly(),
  }),
  z.object({ kind: z.literal('offboard') }),
]);

export type TenantEdit = z.output<typeof tenantEditSchema>;

export type ResizeEdit = Extract<TenantEdit, { kind: 'resize' }>;

export type PortsEdit = Extract<TenantEdit, { kind: 'ports' }>;
