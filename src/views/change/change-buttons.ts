import type { ActionsBlock, Button, ConfirmationDialog } from '@slack/types';
import type { ChangeSheet, PartSheet } from '../../domain/change/sheet.ts';
import { cleanLine } from '../../domain/form/clean-text.ts';
import { clip } from '../clip.ts';
import { plain } from '../slack-text.ts';
import {
  changeApproveAction,
  changeConfirmOverrideAction,
  changeExternalNumberAction,
  changeGoAction,
  changeRejectAction,
  changeShowAction,
  changeTakeBackAction,
  encodeChangeButton,
} from './action-ids.ts';
import { isOpen, placeName } from './approval-words.ts';
import { backButton } from './back-button.ts';
import { changeTitle } from './change-title.ts';
import { version } from './part-words.ts';

/** Slack's limit: https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
const longestConfirm = 300;

/** What can be done about an open change; none once it has ended. */
export function changeButtons(sheet: ChangeSheet, shown: string): readonly ActionsBlock[] {
  if (sheet.state !== 'open') return backBlock(sheet, shown);
  const value = encodeChangeButton({ repo: sheet.repo, change: sheet.number, shown });
  const button = (action_id: string, text: string, more: Partial<Button> = {}): Button => ({
    type: 'button',
    action_id,
    text: plain(text, 75),
    value,
    ...more,
  });
  const decides =
    sheet.damage === 0 && sheet.parts.some((part) => isOpen(part) && part.subject !== undefined);
  const asksNumber = sheet.externalName !== undefined && sheet.externalNumber === undefined;
  return [
    {
      type: 'actions',
      elements: [
        ...(decides
          ? [
              button(changeApproveAction, 'Approve', { style: 'primary', confirm: approveDialog(sheet) }),
              button(changeRejectAction, 'Reject', { style: 'danger' }),
              button(changeTakeBackAction, 'Take back'),
            ]
          : []),
        button(changeShowAction, 'Show changes'),
        ...(asksNumber ? [button(changeExternalNumberAction, 'Give number')] : []),
        ...(waitsForGo(sheet) ? [button(changeGoAction, 'Go', { confirm: goDialog(sheet) })] : []),
        ...(sheet.damage === 0 && sheet.override !== undefined && sheet.override.confirmedBy === undefined
          ? [
              button(changeConfirmOverrideAction, 'Confirm emergency', {
                style: 'danger',
                confirm: overrideDialog(sheet),
              }),
            ]
          : []),
      ],
    },
  ];
}

/** What was promoted can be undone with one tap, by who is on call. */
function backBlock(sheet: ChangeSheet, shown: string): readonly ActionsBlock[] {
  if (sheet.state !== 'done' || sheet.kind !== 'promotion') return [];
  const button = backButton({ repo: sheet.repo, change: sheet.number, shown });
  return [{ type: 'actions', elements: [button] }];
}

/** A Go comes last: asked for only where nothing else is in the way. */
function waitsForGo({ needsGo, go, parts, damage }: ChangeSheet): boolean {
  const isNext = ({ state, gates }: PartSheet) => state === 'open' && gates[0]?.kind === 'go';
  return needsGo && go === undefined && damage === 0 && parts.some(isNext);
}

function approveDialog(sheet: ChangeSheet): ConfirmationDialog {
  return dialog(`Approve change ${sheet.number}?`, approvedText(sheet), 'Approve', 'primary');
}

/** Exactly what is approved: each pull request, its head, and what it turns to which commit; a cut is said. */
export function approvedText(sheet: ChangeSheet): string {
  const lines = sheet.parts.filter(isOpen).flatMap((part) => subjectLine(part));
  const rest = (left: number) => (left > 0 ? `\nand ${left} more; see Show changes` : '');
  // The dialog's title names the number already.
  let text = clip(cleanLine(sheet.title) || changeTitle(sheet), 90);
  for (const [index, each] of lines.entries()) {
    const next = `${text}\n${each}`;
    if (next.length + rest(lines.length).length > longestConfirm)
      return `${text}${rest(lines.length - index)}`;
    text = next;
  }
  return text;
}

function subjectLine(part: PartSheet): readonly string[] {
  const { subject } = part;
  if (subject === undefined) return [];
  const turns = subject.turns.map(
    ({ from, running, to, target }) => `${short(from)}${commit(running)} → ${short(to)}${commit(target)}`,
  );
  const where = part.place === undefined ? '' : ` ${clip(placeName(part), 40)}`;
  return [
    `#${subject.pull}${where} at ${subject.head.slice(0, 7)}${turns.length > 0 ? `: ${turns.join(', ')}` : ''}`,
  ];
}

function short(ref: string): string {
  return clip(version(ref), 30);
}

function commit(sha: string | undefined): string {
  return sha === undefined ? '' : ` (${sha.slice(0, 7)})`;
}

function goDialog(sheet: ChangeSheet): ConfirmationDialog {
  return dialog(
    `Go for change ${sheet.number}?`,
    `${clip(changeTitle(sheet), 150)}\nIt merges now.`,
    'Go',
    'primary',
  );
}

function overrideDialog(sheet: ChangeSheet): ConfirmationDialog {
  return dialog(
    'Confirm the emergency?',
    `${clip(changeTitle(sheet), 120)}\nWindows, freezes, waves and external numbers do not hold it then. Approvals still do.`,
    'Confirm',
    'danger',
  );
}

function dialog(
  title: string,
  text: string,
  confirm: string,
  style: 'primary' | 'danger',
): ConfirmationDialog {
  return {
    title: plain(title, 100),
    text: plain(text, longestConfirm),
    confirm: plain(confirm, 30),
    deny: plain('Not now', 30),
    style,
  };
}
