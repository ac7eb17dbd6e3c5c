import type { KnownBlock } from '@slack/types';
import type { ChangeSheet } from '../../domain/change/sheet.ts';
import { clip } from '../clip.ts';
import type { SlackMessage } from '../request-message.ts';
import { bullets, line, richText, words } from '../rich-text.ts';
import { fallback, plain } from '../slack-text.ts';
import { approvalLines, isOpen } from './approval-words.ts';
import { changeButtons } from './change-buttons.ts';
import { changeTitle } from './change-title.ts';
import { count, gateName } from './gate-words.ts';
import { alarmWords, outcomeWords } from './outcome-words.ts';
import { clustersText, partWords, turnTexts } from './part-words.ts';
import { clipSentence, plainText, type Sentence, slackElements, who } from './sentence.ts';
import { lastingLines, stillLines, stoppedLines } from './stop-words.ts';
import { nonProductionWords, warningsOf, warningText } from './warning-words.ts';

/** More than this does not fit on a telephone's screen; the rest stands behind Show changes. */
const mostWarnings = 5;
const mostParts = 8;
const mostTurns = 4;

export interface ChangeMessageOptions {
  /** Digest of what is shown, which the buttons bear. */
  readonly shown: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What is told of a change with very much to tell: the message takes 13,200 characters of blocks, as Slack counts. */
interface Room {
  readonly warnings: number;
  readonly lines: number;
  readonly parts: number;
  /** Characters of one line. */
  readonly line: number;
}

const rooms = [
  { warnings: mostWarnings, lines: 20, parts: mostParts, line: 700 },
  { warnings: mostWarnings, lines: 12, parts: 5, line: 250 },
  { warnings: 3, lines: 8, parts: 2, line: 120 },
] as const satisfies readonly Room[];
const leastRoom: Room = { warnings: 2, lines: 4, parts: 1, line: 80 };
const longestBlocks = 12_900;

/** The one message of a change in the changes channel, brought up to date in place: all that an approver must know. */
export function changeMessage(sheet: ChangeSheet, { shown, now }: ChangeMessageOptions): SlackMessage {
  const top = [alarmWords(sheet), outcomeWords(sheet)].filter((each) => each !== undefined);
  const buttons = changeButtons(sheet, shown);
  const inRoom = (room: Room) => [...blocksOf(sheet, top, now, room), ...buttons];
  const fitting = rooms.map(inRoom).find((blocks) => JSON.stringify(blocks).length <= longestBlocks);
  return {
    text: fallback([changeTitle(sheet), ...top.map(plainText), statusText(sheet)].join('. ')),
    blocks: fitting ?? inRoom(leastRoom),
  };
}

function blocksOf(
  sheet: ChangeSheet,
  top: readonly Sentence[],
  now: number,
  room: Room,
): readonly KnownBlock[] {
  const isOver = sheet.state !== 'open';
  return [
    { type: 'header', text: plain(changeTitle(sheet), 150) },
    ...section(top, room),
    ...(isOver ? [] : section([...stoppedLines(sheet), ...warningLines(sheet, room.warnings)], room)),
    ...section([...whatLines(sheet, now), ...(isOver ? lastingLines(sheet) : [])], room),
    // Of their own, so that a cut of what stands above never takes them along.
    ...(isOver ? [] : section(decisionLines(sheet), room)),
    ...partsBlock(sheet, room),
  ];
}

/** What it waits for, in a few words. */
export function statusText(sheet: Pick<ChangeSheet, 'state' | 'parts'>): string {
  if (sheet.state !== 'open') return '';
  const first = sheet.parts.filter(isOpen).flatMap(({ gates }) => gates.slice(0, 1))[0];
  return first === undefined ? 'It merges now' : `It waits for ${gateName(first)}`;
}

function section(lines: readonly Sentence[], room: Room): readonly KnownBlock[] {
  const told = lines.filter((each) => each.length > 0);
  if (told.length === 0) return [];
  const more = told.length - room.lines;
  const shown: readonly Sentence[] = [
    ...told.slice(0, room.lines).map((each) => clipSentence(each, room.line)),
    ...(more > 0 ? [[`and ${count(more, 'more line')}; /trunkline change shows all`]] : []),
  ];
  return [
    richText(line(...slackElements(shown.flatMap((each, index) => (index === 0 ? each : ['\n', ...each]))))),
  ];
}

export function warningLines(sheet: ChangeSheet, most = mostWarnings): readonly Sentence[] {
  const all = warningsOf(sheet);
  const shown = all.slice(0, most).map((each): Sentence => [`⚠️ ${warningText(each)}`]);
  const more = all.length - shown.length;
  return more > 0 ? [...shown, [`and ${count(more, 'more warning')}, in Show changes`]] : shown;
}

/** From, to, where, for whom, and how it does in non-production. */
export function whatLines(sheet: ChangeSheet, now: number): readonly Sentence[] {
  const turns = turnTexts(sheet);
  const clusters = clustersText(sheet);
  const more = turns.length - mostTurns;
  const isOver = sheet.state !== 'open';
  return [
    ...turns.slice(0, mostTurns).map((text): Sentence => [{ kind: 'bold', text: clip(text, 200) }]),
    ...(more > 0 ? [[`and ${more} more`]] : []),
    ...(clusters === '' ? [] : [[`Clusters: ${clusters}`]]),
    [askedText(sheet), who(sheet.requester)],
    ...(sheet.rolloutUrl === undefined
      ? []
      : [[{ kind: 'link', url: sheet.rolloutUrl, text: 'How it rolls out' } as const]]),
    ...(isOver || sheet.nonProduction === undefined ? [] : [nonProductionWords(sheet.nonProduction, now)]),
  ];
}

function askedText({ kind, automatic }: ChangeSheet): string {
  if (kind === 'back') return '↩️ Back to what ran before, asked for by ';
  return automatic ? 'Opened by itself; released by ' : 'Asked for by ';
}

function decisionLines(sheet: ChangeSheet): readonly Sentence[] {
  return [...stillLines(sheet), ...approvalLines(sheet)];
}

function partsBlock({ parts }: ChangeSheet, room: Room): readonly KnownBlock[] {
  if (parts.length === 0) return [];
  // What is open comes before what is over; a cut leaves out what is over first.
  const order = [...parts.filter(isOpen), ...parts.filter((part) => !isOpen(part))];
  const shown = order
    .slice(0, room.parts)
    .map((part) => line(...slackElements(clipSentence(partWords(part), room.line))));
  const more = order.length - shown.length;
  return [richText(bullets(more > 0 ? [...shown, line(words(`and ${more} more`))] : shown))];
}
