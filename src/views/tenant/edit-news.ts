import type { KnownBlock } from '@slack/types';
import type { Arrival } from '../../domain/arrival.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import type { EditDraft, EditRefusal } from '../../domain/tenant-life/edit-draft.ts';
import { arrivalLines } from '../arrival-lines.ts';
import { clip } from '../clip.ts';
import { failureText } from '../failure-text.ts';
import { fileTree } from '../listing.ts';
import type { SlackMessage } from '../request-message.ts';
import { bullets, line, person, preformatted, richText, words } from '../rich-text.ts';
import { fallback, plain } from '../slack-text.ts';
import { diffText } from './diff-text.ts';
import { editRefusalText } from './edit-refusal-text.ts';
import { offboardWarning, removalWords } from './removal-text.ts';
import { callOffOffboardAction, confirmOffboardAction, type WaitingOffboard } from './tenant-actions.ts';

/** How a change of a tenant ended before there was a pull request. */
export type EditEnd =
  | { readonly kind: 'refused'; readonly refusals: readonly EditRefusal[] }
  | { readonly kind: 'failed'; readonly code: string };

/** To the person who asked: that nothing came of it, and why. */
export function editDirect(tenant: string, end: EditEnd): SlackMessage {
  if (end.kind === 'failed') {
    const why =
      end.code === 'not-allowed'
        ? 'You may not change this tenant; whoever asked for it may, and whoever the policy names.'
        : failureText(end.code);
    return said(`Your request to change ${tenant} did not work. ${why}`);
  }
  const first = `Your request to change ${tenant} cannot be taken as it is. Nothing was written.`;
  const reasons = [...new Set(end.refusals.map(editRefusalText))].slice(0, 10);
  return said(
    first,
    richText(bullets(reasons.map((reason) => line(words(clip(reason, 600)))))),
    richText(line(words(`Ask again with /trunkline tenant ${tenant}.`))),
  );
}

/** What a change brings, for the thread below its message. */
export function editThread(tenant: string, draft: EditDraft, arrivals: readonly Arrival[]): SlackMessage {
  const text = `What changes for ${tenant}`;
  if (draft.kind === 'offboard') {
    return said(text, ...removalBlocks(draft), richText(preformatted(fileTree(draft.deletions), 2500)));
  }
  const files = draft.files
    .slice(0, 5)
    .map((file) =>
      richText(line(words(clip(file.path, 200), { bold: true })), preformatted(diffText(file), 800)),
    );
  const lines = arrivalLines(arrivals, 15);
  return said(
    text,
    ...files,
    ...(draft.removals.length > 0 ? [removalList(draft)] : []),
    ...(lines.length === 0 ? [] : [richText(bullets(lines))]),
  );
}

/** A message takes about 13,200 characters of blocks. */
const mostRemovals = 15;

function removalList({ removals }: EditDraft): KnownBlock {
  const lines = removals.slice(0, mostRemovals).map((removal) => {
    const { where, when, what } = removalWords(removal);
    return line(words(clip(where, 80), { bold: true }), words(`, ${when}: ${clip(what, 200)}.`));
  });
  const more = removals.length - lines.length;
  if (more > 0) lines.push(line(words(`and ${more} more clusters`)));
  return richText(bullets(lines));
}

function removalBlocks(draft: EditDraft): readonly KnownBlock[] {
  return [
    richText(line(words(`🛑 ${offboardWarning}`, { bold: true }))),
    ...(draft.removals.length === 0 ? [] : [removalList(draft)]),
  ];
}

/** An offboarding that waits for a second person, with what it deletes and the two buttons. */
export function offboardWaiting(
  waiting: WaitingOffboard,
  asker: SlackUserId,
  draft: EditDraft,
): SlackMessage {
  const value = JSON.stringify(waiting);
  const question = `asks to offboard the tenant ${waiting.name}. Somebody else has to confirm it.`;
  return {
    text: fallback(`Offboarding of ${waiting.name} waits for a second person`),
    blocks: [
      richText(line(person(asker), words(` ${question}`))),
      ...removalBlocks(draft),
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            action_id: confirmOffboardAction,
            style: 'danger',
            text: plain('Confirm', 75),
            value,
            confirm: {
              title: plain('Offboard for good?', 100),
              text: plain(
                'This opens the pull request that deletes the tenant. Its merge deletes everything in it.',
                300,
              ),
              confirm: plain('Confirm', 30),
              deny: plain('Not now', 30),
              style: 'danger',
            },
          },
          { type: 'button', action_id: callOffOffboardAction, text: plain('Call off', 75), value },
        ],
      },
    ],
  };
}

/** The same message once it was called off. */
export function offboardCalledOff(tenant: string, asker: SlackUserId, by: SlackUserId): SlackMessage {
  return {
    text: fallback(`Offboarding of ${tenant} was called off`),
    blocks: [
      richText(
        line(
          person(asker),
          words(` asked to offboard the tenant ${tenant}. ⚪ Called off by `),
          person(by),
          words('.'),
        ),
      ),
    ],
  };
}

/** To somebody who pressed a button that is not theirs to press. */
export function confirmRefused(tenant: string, why: 'same-person' | 'not-allowed'): SlackMessage {
  const reason =
    why === 'same-person'
      ? 'You asked for it yourself, so somebody else has to confirm it.'
      : 'You are not one of those who may decide about it by the policy.';
  return said(`The offboarding of ${tenant} stays as it is. ${reason}`);
}

function said(text: string, ...more: readonly KnownBlock[]): SlackMessage {
  return { text: fallback(text), blocks: [richText(line(words(text))), ...more] };
}
