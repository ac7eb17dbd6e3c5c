import { z } from 'zod';
import type { RequestId, SlackUserId } from '../../domain/ids.ts';
import { isDnsLabel } from '../../domain/names.ts';
import { type TenantEdit, tenantEditSchema } from '../../domain/tenant-life/tenant-edit.ts';
import { readButtonValue } from '../button-value.ts';

export const resizeFormCallback = 'tenant-resize';
export const portsFormCallback = 'tenant-ports';
export const editPreviewCallback = 'tenant-edit-preview';

/** Buttons of a tenant's view, and of an offboarding that waits for a second person. */
export const resizeAction = 'tenant_resize';
export const portsAction = 'tenant_ports';
export const offboardAction = 'tenant_offboard';
export const confirmOffboardAction = 'tenant_confirm_offboard';
export const callOffOffboardAction = 'tenant_call_off_offboard';

const about = z.object({ repo: z.string().max(141), name: z.string().refine(isDnsLabel) });

/** The tenant that a view or a button is about. Routing only: who may do what is looked up anew. */
export type TenantAbout = z.output<typeof about>;

const editAbout = about.extend({ edit: tenantEditSchema });

/** What a preview keeps: the edit that it shows. */
export type EditAbout = TenantAbout & { readonly edit: TenantEdit };

const waiting = about.extend({
  id: z.custom<RequestId>((id) => typeof id === 'string' && /^req-[0-9a-f]{16}$/.test(id)),
  by: z.custom<SlackUserId>((id) => typeof id === 'string' && /^[UW][A-Z0-9]{2,20}$/.test(id)),
  at: z.int().positive(),
});

/** Whether a preview can keep this; what it cannot is refused while it can still be mended. */
export function fitsPreview(about: EditAbout): boolean {
  return JSON.stringify(about).length <= mostCharacters;
}

/** Said where it does not fit. */
export const tooMuchText =
  'This is more than one request can hold. Please change fewer places at once, or shorten it.';

/** An offboarding that waits for its second person. */
export type WaitingOffboard = z.output<typeof waiting>;

/** @returns undefined when the text is none of ours. */
export function readTenantAbout(text: string): TenantAbout | undefined {
  return readButtonValue(text, about, mostCharacters);
}

/** @returns undefined when the text is none of ours. */
export function readEditAbout(text: string): EditAbout | undefined {
  return readButtonValue(text, editAbout, mostCharacters);
}

/** @returns undefined when the text is none of ours. */
export function readWaitingOffboard(text: string): WaitingOffboard | undefined {
  return readButtonValue(text, waiting, mostCharacters);
}

/** Slack keeps 3,000 characters of `private_metadata`. */
const mostCharacters = 3_000;
