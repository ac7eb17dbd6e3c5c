import type { KnownBlock } from '@slack/types';
import type { CommitSha } from '../../domain/ids.ts';
import type { NoteEntry } from '../../domain/release/release-notes.ts';
import { clip } from '../clip.ts';
import { inputAction } from '../onboard/inputs.ts';
import { bullets, line, richText, words } from '../rich-text.ts';
import { plain } from '../slack-text.ts';
import { entryElements } from './entry-words.ts';

export interface Moved {
  readonly branch: string;
  readonly shown: CommitSha;
  readonly now: CommitSha;
  /** What came on top. */
  readonly entries: readonly NoteEntry[];
}

const mostEntries = 20;

/** That the default branch has moved, what came on top, and the choice between the two commits. */
export function movedBlocks({ branch, shown, now, entries }: Moved): readonly KnownBlock[] {
  const name = clip(branch, 60);
  const lines = entries.slice(0, mostEntries).map((entry) => line(...entryElements(entry)));
  const more = entries.length - lines.length;
  const all = more > 0 ? [...lines, line(words(`and ${more} more`))] : lines;
  const options = [
    option(shown, `Only what was shown before (${shown.slice(0, 7)})`),
    option(now, `All of ${clip(name, 40)} as it is now (${now.slice(0, 7)})`),
  ] as const;
  return [
    richText(
      line(
        words(`⚠️ ${name} has moved since this was shown.`, { bold: true }),
        words(` Nothing was released.${all.length > 0 ? '\nWhat came on top:' : ''}`),
      ),
      ...(all.length > 0 ? [bullets(all)] : []),
    ),
    {
      type: 'input',
      block_id: 'upTo',
      label: plain('What is to be released'),
      element: {
        type: 'radio_buttons',
        action_id: inputAction,
        options: [...options],
        initial_option: options[0],
      },
    },
  ];
}

function option(commit: CommitSha, text: string) {
  return { text: plain(text, 75), value: commit };
}
