import type { ModalView } from '@slack/types';
import type { ChangeSheet } from '../../domain/change/sheet.ts';
import { noteView } from '../note-view.ts';
import { bullets, line, richText, words } from '../rich-text.ts';
import { isOpen, placeName } from './approval-words.ts';
import { changeTitle } from './change-title.ts';
import { gateWords } from './gate-words.ts';
import { type Sentence, slackElements } from './sentence.ts';

const mostChanges = 60;
const mostParts = 3;

/** The changes that are open and what each waits for: `/trunkline changes`. */
export function changesView(sheets: readonly ChangeSheet[]): ModalView {
  if (sheets.length === 0) return noteView('Changes', 'No change of production is open.');
  const more = sheets.length - mostChanges;
  return noteView('Changes', '', {
    blocks: [
      ...sheets
        .slice(0, mostChanges)
        .map((sheet) =>
          richText(
            line(words(changeTitle(sheet), { bold: true })),
            bullets(waits(sheet).map((each) => line(...slackElements(each)))),
          ),
        ),
      richText(
        line(
          words(
            `${more > 0 ? `and ${more} more. ` : ''}/trunkline change followed by a number shows all of one.`,
          ),
        ),
      ),
    ],
  });
}

function waits({ parts, freeze }: ChangeSheet): readonly Sentence[] {
  const open = parts.filter(isOpen);
  const told = open.slice(0, mostParts).map((part): Sentence => {
    const [first] = part.gates;
    const lead = part.place === undefined ? '' : `${placeName(part)}: `;
    return first === undefined
      ? [`${lead}it merges now.`]
      : [...(lead === '' ? [] : [lead]), ...gateWords(first)];
  });
  const more = open.length - told.length;
  const all = more > 0 ? [...told, [`and ${more} more`]] : told;
  if (all.length > 0) return all;
  return freeze === undefined
    ? [['Everything is merged; it is being applied.']]
    : [['Production is frozen.']];
}
