import type { KnownBlock, ModalView } from '@slack/types';
import type { ReleaseValues } from '../../domain/release/release-request.ts';
import { clip } from '../clip.ts';
import { failureText } from '../failure-text.ts';
import { noteView } from '../note-view.ts';
import type { SlackMessage } from '../request-message.ts';
import { line, preformatted, richText, words } from '../rich-text.ts';
import { fallback } from '../slack-text.ts';
import { safeLink } from './safe-link.ts';

/** How a release ended, for the person who wanted it. */
export type ReleaseEnd =
  | { readonly kind: 'released'; readonly tag: string; readonly url: string }
  | {
      readonly kind: 'refused';
      readonly code: 'tag-exists';
      readonly tag: string;
      readonly hasRelease: boolean;
      readonly values: ReleaseValues;
    }
  | {
      readonly kind: 'refused';
      readonly code: 'released-meanwhile';
      /** What was released meanwhile. */
      readonly tag: string;
      readonly values: ReleaseValues;
    }
  | {
      readonly kind: 'refused';
      readonly code: 'moved';
      readonly branch: string;
      readonly values: ReleaseValues;
    }
  | {
      readonly kind: 'failed';
      readonly code: string;
      readonly values: ReleaseValues;
      /** The tag that was made before it failed, and stays. */
      readonly tag?: string;
    };

const title = 'Release';
const typedLimit = 4500;

/** What stands after the release was sent. It promises nothing that is not durable yet. */
export function releaseTaken(tag: string): ModalView {
  return noteView(title, `⏳ Working on ${clip(tag, 100)}. You will be told directly how it ends.`, {
    clear_on_close: true,
  });
}

/** What stands while a system does not answer. */
export function releaseWaiting(tag: string): ModalView {
  return noteView(
    title,
    `⏳ GitHub does not answer just now. ${clip(tag, 100)} goes on by itself as soon as it does; you will be told directly how it ends.`,
    { clear_on_close: true },
  );
}

/** How it ended, in the form's place. */
export function releaseEnd(end: ReleaseEnd): ModalView {
  return noteView(title, endText(end), { clear_on_close: true, blocks: [...endBlocks(end)] });
}

/** How it ended, as a direct message. */
export function releaseDirect(end: ReleaseEnd): SlackMessage {
  return { text: fallback(endText(end)), blocks: endBlocks(end) };
}

/** How it ended and what to do now, in one to three sentences. */
export function endText(end: ReleaseEnd): string {
  switch (end.kind) {
    case 'released':
      return `${clip(end.tag, 100)} is released.`;
    case 'refused':
      return `${refusedText(end)} Please start again with /trunkline release.`;
    case 'failed':
      return end.tag === undefined
        ? `This release did not work. ${releaseFailureText(end.code)}`
        : `The tag ${clip(end.tag, 100)} was made and stays, but no release could be published on it (reason: ${end.code}). Please publish one for this tag on GitHub; it is announced all the same.`;
  }
}

function refusedText(end: Extract<ReleaseEnd, { readonly kind: 'refused' }>): string {
  switch (end.code) {
    case 'tag-exists':
      return end.hasRelease
        ? `${clip(end.tag, 100)} was released meanwhile by somebody else. Nothing of yours was written.`
        : `The tag ${clip(end.tag, 100)} was made meanwhile, without a release; a tag is never moved. Nothing was written.`;
    case 'released-meanwhile':
      return `Somebody released ${clip(end.tag, 100)} meanwhile, so what you saw is not what is new any more. Nothing was written.`;
    case 'moved':
      return `${clip(end.branch, 100)} has moved since the form was shown. Nothing was written.`;
  }
}

const failures: ReadonlyMap<string, string> = new Map([
  [
    'range-too-long',
    'This release would hold more commits than Trunkline reads. Please cut it on GitHub; the next works here again.',
  ],
  [
    'forbidden',
    'GitHub does not let Trunkline do what a release needs. Please tell the platform team; start again when that is mended.',
  ],
  [
    'not-found',
    'GitHub does not show Trunkline the platform repository. Please tell the platform team; start again when that is mended.',
  ],
  ['not-allowed', 'You may not cut a release. Please ask someone who may; the policy file says who.'],
  [
    'tag-gone',
    'The tag that the notes go on from is gone or was moved. Please look on GitHub, then start again with /trunkline release.',
  ],
  [
    'not-on-branch',
    'The commit that you saw is not part of the default branch any more. Nothing was written. Please start again with /trunkline release.',
  ],
  [
    'version-unfit',
    'This version is not one by the policy, or not higher than the last one. Nothing was written. Please start again with /trunkline release.',
  ],
]);

/** What went wrong with a release and what to do, by the reason's code. */
export function releaseFailureText(code: string): string {
  return failures.get(code) ?? failureText(code);
}

function endBlocks(end: ReleaseEnd): readonly KnownBlock[] {
  if (end.kind === 'released') {
    return [
      richText(
        line(
          words('✅ '),
          safeLink(end.url, clip(end.tag, 100), { bold: true }),
          words(' is released. Thank you.'),
        ),
      ),
    ];
  }
  const mark = end.kind === 'refused' ? '⚪' : '🔴';
  return [
    richText(line(words(`${mark} ${endText(end)}`))),
    richText(
      line(words('What you typed, so that nothing is lost:')),
      preformatted(typedRelease(end.values), typedLimit),
    ),
  ];
}

function typedRelease({ version, introduction, leftOut }: ReleaseValues): string {
  const numbers = leftOut.slice(0, 150).map((number) => `#${number}`);
  const more = leftOut.length > numbers.length ? ` and ${leftOut.length - numbers.length} more` : '';
  return [
    `Version: ${version}`,
    ...(leftOut.length > 0 ? [`Left out: ${numbers.join(', ')}${more}`] : []),
    ...(introduction === '' ? [] : [`Introduction:\n${introduction}`]),
  ].join('\n');
}
