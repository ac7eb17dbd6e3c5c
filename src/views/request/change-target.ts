import type { ModalView } from '@slack/types';

/** Which request a form changes, and the head that it was drawn from. */
export interface ChangeTarget {
  /** `owner/name`. */
  readonly repo: string;
  readonly number: number;
  /** Beginning of the head's id. */
  readonly seen: string;
}

export const changeFormCallback = 'request-change-form';
export const changePreviewCallback = 'request-change-preview';

const pattern = /^([\w-]+\/[\w.-]+)#([1-9][0-9]{0,9})@([0-9a-f]{16})(?: ([a-z0-9-]{1,63}))?$/;

/** As short as may be, for Slack keeps 3,000 characters in all. */
export function encodeTarget({ repo, number, seen }: ChangeTarget, name?: string): string {
  return `${repo}#${number}@${seen.slice(0, 16)}${name === undefined ? '' : ` ${name}`}`;
}

/** @returns undefined when it is not one of ours; the name where it stands. */
export function decodeTarget(
  text: string,
): (ChangeTarget & { readonly name: string | undefined }) | undefined {
  const [, repo, number, seen, name] = pattern.exec(text) ?? [];
  if (repo === undefined || seen === undefined) return undefined;
  return { repo, number: Number(number), seen, name };
}

/** What a form or preview has other than that of a new request. */
export function changing(number: number, metadata: string, callback: string): Partial<ModalView> {
  return {
    callback_id: callback,
    private_metadata: metadata,
    title: { type: 'plain_text', text: number < 10_000_000 ? `Change request ${number}` : 'Change request' },
  };
}
