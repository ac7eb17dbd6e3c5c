import type { InputBlock, PlainTextOption } from '@slack/types';
import type { NoteEntry, NotesSection } from '../../domain/release/release-notes.ts';
import { inputAction } from '../onboard/inputs.ts';
import { plain } from '../slack-text.ts';
import { entryText } from './entry-words.ts';

// https://docs.slack.dev/reference/block-kit/composition-objects/option-group-object
const mostOptions = 100;
const mostGroups = 100;
const mostInitial = 100;
const longestOption = 75;
// A view takes 250 kB; this leaves room for the rest of the form.
const mostBytes = 100_000;

/** The pull requests to choose from, by section; undefined when there is none. */
export function leftOutInput(
  sections: readonly NotesSection[],
  leftOut: readonly number[],
): InputBlock | undefined {
  const all = sections.flatMap(({ title, entries }) =>
    entries.flatMap((entry) => {
      const option = optionOf(entry);
      return option === undefined ? [] : [{ title, option }];
    }),
  );
  const offered = fitting(all);
  if (offered.length === 0) return undefined;
  const initial = offered
    .map(({ option }) => option)
    .filter(({ value }) => leftOut.includes(Number(value)))
    .slice(0, mostInitial);
  return {
    type: 'input',
    block_id: 'leftOut',
    optional: true,
    label: plain('Leave out of the notes'),
    hint: plain(hintOf(all.length, offered.length)),
    element: {
      type: 'multi_static_select',
      action_id: inputAction,
      placeholder: plain('Pull requests'),
      option_groups: groups(offered),
      ...(initial.length > 0 && { initial_options: [...initial] }),
    },
  };
}

interface Offered {
  readonly title: string;
  readonly option: PlainTextOption;
}

function optionOf(entry: NoteEntry): PlainTextOption | undefined {
  if (entry.source.kind !== 'pull') return undefined;
  return { text: plain(entryText(entry, longestOption), longestOption), value: String(entry.source.number) };
}

function hintOf(all: number, offered: number): string {
  const what = 'They are released all the same; the notes just do not tell of them.';
  return all > offered ? `${what} There is room for the first ${offered} of ${all} here.` : what;
}

function fitting(all: readonly Offered[]): readonly Offered[] {
  let room = mostBytes;
  const over = all.findIndex(({ option }) => {
    room -= new TextEncoder().encode(JSON.stringify(option)).length + 1;
    return room < 0;
  });
  return over < 0 ? all : all.slice(0, over);
}

function groups(offered: readonly Offered[]) {
  return [...Map.groupBy(offered, ({ title }) => title)]
    .flatMap(([title, own]) => {
      const count = Math.ceil(own.length / mostOptions);
      return Array.from({ length: count }, (_, index) => ({
        label: plain(count > 1 ? `${title.slice(0, 65)} (${index + 1})` : title, longestOption),
        options: own.slice(index * mostOptions, (index + 1) * mostOptions).map(({ option }) => option),
      }));
    })
    .slice(0, mostGroups);
}
