import { z } from 'zod';
import { readButtonValue, repoInButton } from '../button-value.ts';

/** Buttons of changes. What they may do is decided anew when they are pressed. */
export const changeApproveAction = 'change_approve';
export const changeRejectAction = 'change_reject';
export const changeTakeBackAction = 'change_take_back';
export const changeShowAction = 'change_show';
export const changeGoAction = 'change_go';
export const changeConfirmOverrideAction = 'change_confirm_override';
export const changeBackAction = 'change_back';
export const changeExternalNumberAction = 'change_external_number';
export const releasePromoteAction = 'release_promote';

/** Forms of changes. */
export const rejectFormCallback = 'change_reject_form';
export const promoteFormCallback = 'change_promote_form';
export const externalNumberFormCallback = 'change_external_number_form';

/** What a button is about: routing only, and what its presser saw. */
export interface ChangeButton {
  /** `owner/name`. */
  readonly repo: string;
  readonly change: number;
  /** Digest of what the message showed. */
  readonly shown: string;
}

const value = z.strictObject({
  r: repoInButton,
  c: z.int().positive(),
  s: z.string().max(100),
});

export function encodeChangeButton({ repo, change, shown }: ChangeButton): string {
  return JSON.stringify({ r: repo, c: change, s: shown });
}

/** @returns undefined when it is not one of ours. */
export function decodeChangeButton(text: string): ChangeButton | undefined {
  const read = readButtonValue(text, value, 400);
  return read && { repo: read.r, change: read.c, shown: read.s };
}
