import type { ActionsBlock } from '@slack/types';
import { z } from 'zod';
import { readButtonValue, repoInButton } from '../button-value.ts';
import { plain } from '../slack-text.ts';

/** Buttons of a request whose pull request is open. What they may do is decided anew when they are pressed. */
export const requestChangeAction = 'request_change';
export const requestWithdrawAction = 'request_withdraw';

/** What a button is about: routing only. */
export interface RequestButton {
  /** `owner/name`. */
  readonly repo: string;
  /** Number of the pull request. */
  readonly number: number;
}

const value = z.strictObject({
  r: repoInButton,
  n: z.int().positive(),
});

/** @returns undefined when it is not one of ours. */
export function decodeRequestButton(text: string): RequestButton | undefined {
  const read = readButtonValue(text, value, 400);
  return read && { repo: read.r, number: read.n };
}

/** What can be done about a request while its pull request is open. */
export function requestButtons({ repo, number }: RequestButton): ActionsBlock {
  const text = JSON.stringify({ r: repo, n: number });
  const confirm = {
    title: plain('Withdraw the request?', 100),
    text: plain(
      `Pull request #${number} is closed without a merge, and its branch is deleted if nobody else pushed to it. To ask again is a new request.`,
      300,
    ),
    confirm: plain('Withdraw', 30),
    deny: plain('Not now', 30),
    style: 'danger',
  } as const;
  return {
    type: 'actions',
    elements: [
      { type: 'button', action_id: requestChangeAction, text: plain('Change', 75), value: text },
      {
        type: 'button',
        action_id: requestWithdrawAction,
        text: plain('Withdraw', 75),
        value: text,
        style: 'danger',
        confirm,
      },
    ],
  };
}
