import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { EffectsSummary } from '../../domain/effects/summarise.ts';
import type { CommitSha } from '../../domain/ids.ts';
import type { NoteEntry, NotesSection, ReleaseNotes } from '../../domain/release/release-notes.ts';
import { longestIntroduction, type ReleaseValues } from '../../domain/release/release-request.ts';
import type { VersionProposal } from '../../domain/release/version.ts';
import { clip } from '../clip.ts';
import { inputAction } from '../onboard/inputs.ts';
import { bullets, line, richText, words } from '../rich-text.ts';
import { plain } from '../slack-text.ts';
import { behindText, effectBullets } from './effect-words.ts';
import { leftOutInput } from './left-out-input.ts';
import { movedBlocks } from './moved-blocks.ts';
import { notesBlocks } from './notes-blocks.ts';
import { type ReleaseNotice, releaseNoticeBlocks } from './release-notices.ts';
import { safeLink } from './safe-link.ts';
import { proposalText } from './version-words.ts';

export const releaseFormCallback = 'release';

export interface ReleaseFormState {
  readonly previous: { readonly tag: string; readonly url: string } | undefined;
  readonly defaultBranch: string;
  /** What is to be tagged. */
  readonly head: { readonly commit: CommitSha; readonly url: string };
  readonly proposal: VersionProposal;
  /** As they will stand. */
  readonly notes: ReleaseNotes;
  /** Everything that can be left out of them, by section. */
  readonly choices: readonly NotesSection[];
  /** What was typed already; undefined when the form is opened. */
  readonly values: ReleaseValues | undefined;
  readonly notices: readonly ReleaseNotice[];
  /** Set when the default branch has moved since the form was shown. */
  readonly moved?:
    | { readonly shown: CommitSha; readonly now: CommitSha; readonly entries: readonly NoteEntry[] }
    | undefined;
  readonly effects: EffectsSummary | undefined;
  /** Set when production runs an older version than the release before. */
  readonly behind?: { readonly runs: string; readonly previous: string } | undefined;
  /** Of `packReleaseMetadata`. */
  readonly metadata: string;
}

const mostEffects = 15;

/** What a release will be, before anything is written. Its inputs are named after the fields of `ReleaseValues`. */
export function releaseForm(state: ReleaseFormState): ModalView {
  const { notes, values, notices, moved, choices } = state;
  const leftOut = leftOutInput(choices, values?.leftOut ?? []);
  return {
    type: 'modal',
    callback_id: releaseFormCallback,
    title: plain('Release'),
    submit: plain('Release'),
    close: plain('Cancel'),
    notify_on_close: false,
    private_metadata: state.metadata,
    blocks: [
      ...(moved === undefined ? [] : movedBlocks({ ...moved, branch: state.defaultBranch })),
      summary(state),
      ...releaseNoticeBlocks(notices, notes.differences),
      versionInput(state),
      introductionInput(values?.introduction ?? ''),
      ...(leftOut === undefined ? [] : [leftOut]),
      heading('What it will do'),
      effectsBlock(state),
      heading('Notes'),
      ...notesBlocks(notes),
    ],
  };
}

function heading(text: string): KnownBlock {
  return { type: 'header', text: plain(text, 150) };
}

function summary({ previous, choices, notes, head, defaultBranch, moved }: ReleaseFormState): KnownBlock {
  const all = [...choices.flatMap(({ entries }) => entries), ...notes.promotions];
  const pulls = new Set(all.flatMap(({ source }) => (source.kind === 'pull' ? [source.number] : [])));
  const count = pulls.size === 1 ? '1 pull request' : `${pulls.size} pull requests`;
  // Where there is a choice between two commits, neither is to be tagged yet.
  const shown = moved === undefined ? 'To be tagged: ' : 'Shown below: all up to ';
  return richText(
    line(
      words('Last release: '),
      previous === undefined ? words('none yet') : safeLink(previous.url, clip(previous.tag, 100)),
      words(`\n${previous === undefined ? `${count} so far` : `${count} since`}\n${shown}`),
      safeLink(head.url, head.commit.slice(0, 7)),
      words(` of ${clip(defaultBranch, 100)}\nNothing is written yet.`),
    ),
  );
}

function versionInput({ proposal, values }: ReleaseFormState): InputBlock {
  return {
    type: 'input',
    block_id: 'version',
    label: plain('Version'),
    hint: plain(`Proposed: ${proposalText(proposal)}`, 2000),
    element: {
      type: 'plain_text_input',
      action_id: inputAction,
      max_length: 200,
      initial_value: clip(values?.version || proposal.tag, 200),
    },
  };
}

function introductionInput(introduction: string): InputBlock {
  return {
    type: 'input',
    block_id: 'introduction',
    optional: true,
    label: plain('Introduction'),
    hint: plain('A few words above the notes, for whoever reads them. Markdown works.'),
    element: {
      type: 'plain_text_input',
      action_id: inputAction,
      multiline: true,
      max_length: longestIntroduction,
      ...(introduction !== '' && { initial_value: clip(introduction, longestIntroduction) }),
    },
  };
}

function effectsBlock({ effects, behind }: ReleaseFormState): KnownBlock {
  const also = behind === undefined ? [] : [line(words(behindText(behind)))];
  return richText(bullets(effectBullets(effects, mostEffects)), ...also);
}
