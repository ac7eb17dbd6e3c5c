import type { KnownBlock, ModalView } from '@slack/types';
import type { ChangeSheet } from '../../domain/change/sheet.ts';
import { bullets, line, richText, words } from '../rich-text.ts';
import { plain } from '../slack-text.ts';
import { approvalLines, isOpen, placeName } from './approval-words.ts';
import { whatLines } from './change-message.ts';
import { changeTitle } from './change-title.ts';
import { gateWords } from './gate-words.ts';
import { alarmWords, outcomeWords } from './outcome-words.ts';
import { partState } from './part-words.ts';
import { clipSentence, type Sentence, slackElements, when } from './sentence.ts';
import { lastingLines, stopLines } from './stop-words.ts';
import { warningsOf, warningText } from './warning-words.ts';

const mostWarnings = 30;
const mostParts = 20;

/** All that is known of one change: `/trunkline change <number>`. */
export function changeView(sheet: ChangeSheet, { now }: { readonly now: number }): ModalView {
  const ends = [alarmWords(sheet), outcomeWords(sheet)].filter((each) => each !== undefined);
  const warnings = warningsOf(sheet);
  const more = warnings.length - mostWarnings;
  const parts = [...sheet.parts.filter(isOpen), ...sheet.parts.filter((part) => !isOpen(part))];
  const left = parts.length - mostParts;
  return {
    type: 'modal',
    title: plain(`Change ${sheet.number}`, 24),
    close: plain('Close'),
    notify_on_close: false,
    blocks: [
      { type: 'header', text: plain(changeTitle(sheet), 150) },
      ...list(ends),
      ...list([
        ...warnings.slice(0, mostWarnings).map((each): Sentence => [`⚠️ ${warningText(each)}`]),
        ...(more > 0 ? [[`and ${more} more`]] : []),
      ]),
      ...list([...whatLines(sheet, now), timeWords(sheet)]),
      ...list(sheet.state === 'open' ? [...stopLines(sheet), ...approvalLines(sheet)] : lastingLines(sheet)),
      ...parts
        .slice(0, mostParts)
        .flatMap((part): KnownBlock[] => [
          richText(
            line(
              ...slackElements(partState(part)),
              ...(part.gates.length === 0 ? [] : [words(' It waits for:')]),
            ),
            ...(part.gates.length === 0
              ? []
              : [
                  bullets(
                    part.gates.map((gate) => line(...slackElements(clipSentence(gateWords(gate), 400)))),
                  ),
                ]),
          ),
        ]),
      ...(left > 0
        ? [
            richText(
              line(
                words(
                  `and ${left} more, such as ${parts
                    .slice(mostParts, mostParts + 3)
                    .map(placeName)
                    .join(', ')}`,
                ),
              ),
            ),
          ]
        : []),
    ],
  };
}

function timeWords({ openedAt, expiresAt, state }: ChangeSheet): Sentence {
  return [
    'Opened ',
    when(openedAt),
    ...(state === 'open' ? ['; ends unmerged ', when(expiresAt), '.'] : ['.']),
  ];
}

function list(sentences: readonly Sentence[]): readonly KnownBlock[] {
  return sentences.length === 0
    ? []
    : [richText(bullets(sentences.map((each) => line(...slackElements(each)))))];
}
