import type { ChangeSheet, PartSheet } from '../../domain/change/sheet.ts';
import { cleanLine } from '../../domain/form/clean-text.ts';
import { clip } from '../clip.ts';
import { codeMarkdown, escapeMarkdown } from '../markdown-text.ts';
import { isOpen, tallyWords } from './approval-words.ts';
import { type ChangeDone, doneText } from './change-answer.ts';
import { changeTitle } from './change-title.ts';
import { gatesMarkdown } from './check-output.ts';
import { alarmWords, outcomeWords } from './outcome-words.ts';
import { clustersText, turnTexts } from './part-words.ts';
import { type ChangeRefusal, type RefusalData, refusalWords } from './refusal-words.ts';
import { markdown, when, who } from './sentence.ts';
import { lastingLines, stopLines } from './stop-words.ts';
import { nonProductionWords, warningsOf, warningText } from './warning-words.ts';

/** The one comment on a pull request that mirrors its change, brought up to date in place. It mentions nobody. */
export function changeComment(sheet: ChangeSheet, part: PartSheet): string {
  const ends = [alarmWords({ parts: [part] }), outcomeWords(sheet)].filter((each) => each !== undefined);
  const isWaiting = sheet.state === 'open' && isOpen(part);
  return [
    `### ${escapeMarkdown(changeTitle(sheet))}`,
    ...ends.map(markdown),
    ...(sheet.state === 'open' ? [] : lastingLines(sheet).map(markdown)),
    ...(isWaiting ? waitingParts(sheet, part) : []),
    ...(sheet.state === 'open' && part.state === 'merged' ? ['✅ Merged.'] : []),
    ...(sheet.state === 'open' && part.state === 'closed' ? ['⚪ Closed without a merge.'] : []),
  ].join('\n\n');
}

function waitingParts(sheet: ChangeSheet, part: PartSheet): readonly string[] {
  const warnings = warningsOf({ parts: [part] });
  const clusters = clustersText({ parts: [part] });
  const facts = [
    ...turnTexts({ parts: [part], tag: undefined }).map((text) => `**${escapeMarkdown(text)}**`),
    ...(clusters === '' ? [] : [`Clusters: ${escapeMarkdown(clusters)}`]),
    markdown([
      sheet.automatic ? 'Opened by itself; released by ' : 'Asked for by ',
      who(sheet.requester),
      '.',
    ]),
    ...(sheet.nonProduction === undefined
      ? []
      : [markdown(nonProductionWords(sheet.nonProduction, undefined))]),
    ...stopLines(sheet).map(markdown),
    ...(part.tally === undefined ? [] : [markdown(tallyWords(part.tally))]),
    markdown(['It ends unmerged ', when(sheet.expiresAt), '.']),
  ];
  return [
    ...(warnings.length === 0
      ? []
      : [warnings.map((each) => `- ⚠️ ${escapeMarkdown(warningText(each))}`).join('\n')]),
    facts.map((fact) => `- ${fact}`).join('\n'),
    gatesMarkdown(part),
    'To decide here, write `/approve` or `/reject <reason>` as a new comment, or give a review. Each counts by the same rules as in Slack. An edited comment does not count.',
  ];
}

/** The answer to a command in a comment, as a reply. */
export type CommentAnswer =
  | { readonly kind: 'done'; readonly done: ChangeDone }
  | { readonly kind: 'refused'; readonly code: ChangeRefusal; readonly data?: RefusalData };

/** @param login who wrote the comment; named, not mentioned. */
export function commentAnswer(answer: CommentAnswer, login: string): string {
  const named = codeMarkdown(clip(cleanLine(login), 60) || 'somebody');
  return answer.kind === 'done'
    ? `${named}: ${escapeMarkdown(doneText(answer.done))}`
    : `${named}: ${escapeMarkdown(refusalWords(answer.code, answer.data))}`;
}

/** What can be said in a comment, for whoever asks. */
export function commentHelp(): string {
  return [
    'In a new comment of its own:',
    '',
    '- `/trunkline help` says this.',
    '- `/approve` approves this change of production, as it stands now.',
    '- `/reject <reason>` rejects it; nothing of it merges until you take that back in Slack.',
    '',
    'A review that approves or asks for changes counts in the same way. Quoted text and edited comments never count.',
    '',
    'On every pull request:',
    '',
    '- The check `conventions` says at each line what is to be mended and how. It looks again after a push or an edit of the title; its **Re-run** has it look now.',
    '- Its button **Mend the title** sets the title that it suggests, where there is one.',
    '- The comment “What this does” says what a merge changes on the clusters, and when. It is brought up to date in place.',
  ].join('\n');
}
