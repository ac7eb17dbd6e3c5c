import type { KnownBlock, ModalView } from '@slack/types';
import type { Arrival } from '../../domain/arrival.ts';
import type { EditDraft, EditRefusal } from '../../domain/tenant-life/edit-draft.ts';
import { arrivalLines } from '../arrival-lines.ts';
import { clip } from '../clip.ts';
import { fileTree } from '../listing.ts';
import { noteView } from '../note-view.ts';
import { bullets, line, preformatted, richText, words } from '../rich-text.ts';
import { plain } from '../slack-text.ts';
import { diffText } from './diff-text.ts';
import { editRefusalText } from './edit-refusal-text.ts';
import { offboardWarning, removalWords, renameWords } from './removal-text.ts';
import { type EditAbout, editPreviewCallback } from './tenant-actions.ts';

export interface EditPreview {
  readonly about: EditAbout;
  readonly draft: EditDraft;
  readonly arrivals: readonly Arrival[];
  /** Other open pull requests about the tenant. */
  readonly openPulls: readonly { readonly number: number; readonly title: string }[];
}

const mostFiles = 20;
const mostClusters = 30;
const diffLimit = 2000;
const treeLimit = 4000;

/** What stands while a change is worked out. */
export function previewLoading(): ModalView {
  return noteView('Preview', 'One moment: working out what changes…');
}

/** Why a change cannot be made, in place of its preview. */
export function editRefused(refusals: readonly EditRefusal[]): ModalView {
  const texts = [...new Set(refusals.map(editRefusalText))].slice(0, 10);
  return noteView('Preview', `This cannot be done as it is. ${texts.join(' ')}`);
}

/** What a change of a tenant will bring, before it is sent. */
export function editPreview({ about, draft, arrivals, openPulls }: EditPreview): ModalView {
  const isGoing = draft.kind === 'offboard';
  return {
    type: 'modal',
    callback_id: editPreviewCallback,
    title: plain('Preview'),
    submit: plain(isGoing ? 'Ask to confirm' : 'Open pull request'),
    close: plain('Cancel'),
    notify_on_close: false,
    private_metadata: JSON.stringify(about),
    blocks: [
      {
        type: 'section',
        text: plain(
          isGoing
            ? 'A second person has to confirm this before the pull request is opened. Nothing is written yet.'
            : 'This is the pull request that will be opened. Nothing is written yet.',
        ),
      },
      richText(line(words(draft.title, { bold: true }))),
      ...(openPulls.length === 0
        ? []
        : [
            richText(
              line(
                words(
                  `⚠️ Another pull request about it is open: ${clip(openPulls.map(({ number, title }) => `#${number} ${title}`).join(', '), 600)}. They may touch the same lines.`,
                ),
              ),
            ),
          ]),
      ...(isGoing ? offboardBlocks(draft) : [heading('When it arrives'), arrivalBlock(arrivals)]),
      ...(!isGoing && draft.removals.length > 0 ? removalBlocks(draft) : []),
      ...(draft.files.length === 0 ? [] : [heading('What changes')]),
      ...draft.files
        .slice(0, mostFiles)
        .map((file) =>
          richText(line(words(file.path, { bold: true })), preformatted(diffText(file), diffLimit)),
        ),
      ...(draft.files.length > mostFiles
        ? [richText(line(words(`and ${draft.files.length - mostFiles} more files`)))]
        : []),
      ...(draft.deletions.length > 0
        ? [heading('Files that go'), richText(preformatted(fileTree(draft.deletions), treeLimit))]
        : []),
    ],
  };
}

function heading(text: string): KnownBlock {
  return { type: 'header', text: plain(text, 150) };
}

function arrivalBlock(arrivals: readonly Arrival[]): KnownBlock {
  return arrivals.length === 0
    ? richText(line(words('No file reaches a cluster.')))
    : richText(bullets(arrivalLines(arrivals, mostClusters)));
}

function removalBlocks({ removals }: EditDraft): readonly KnownBlock[] {
  const lines = removals.slice(0, mostClusters).map((removal) => {
    const { where, when, what } = removalWords(removal);
    return line(words(clip(where, 200), { bold: true }), words(`, ${when}: ${clip(what, 600)}.`));
  });
  const more = removals.length - lines.length;
  if (more > 0) lines.push(line(words(`and ${more} more clusters`)));
  return [
    heading('What is deleted, where and when'),
    lines.length === 0
      ? richText(line(words('No Kustomization applies these files, so no cluster changes.')))
      : richText(bullets(lines)),
  ];
}

function offboardBlocks(draft: EditDraft): readonly KnownBlock[] {
  return [
    richText(line(words(`🛑 ${offboardWarning}`, { bold: true }))),
    ...removalBlocks(draft),
    richText(line(words(renameWords))),
  ];
}
