import type { ChangeSheet, PartSheet } from '../../domain/change/sheet.ts';
import { clip } from '../clip.ts';
import { escapeMarkdown } from '../markdown-text.ts';
import { tallyWords } from './approval-words.ts';
import { changeTitle } from './change-title.ts';
import { gateName, gateWords } from './gate-words.ts';
import { turnTexts } from './part-words.ts';
import { markdown } from './sentence.ts';
import { warningsOf, warningText } from './warning-words.ts';

export type CheckSubject =
  | { readonly kind: 'none' }
  | { readonly kind: 'change'; readonly sheet: ChangeSheet; readonly part: PartSheet }
  | { readonly kind: 'policy-invalid' }
  /** It changes production, and no open change is about it. */
  | { readonly kind: 'no-change' };

/** What the check run `change-approval` says. The summary is Markdown; titles differ wherever what it waits for does. */
export function checkOutput(subject: CheckSubject): { readonly title: string; readonly summary: string } {
  switch (subject.kind) {
    case 'none':
      return {
        title: 'This changes nothing in production',
        summary: 'So it needs no approval as a change of production.',
      };
    case 'policy-invalid':
      return {
        title: 'The policy has mistakes',
        summary:
          'Who must approve cannot be told while `.github/trunkline.yaml` on the default branch has mistakes. Please tell the platform team.',
      };
    case 'no-change':
      return {
        title: 'No open change is about this',
        summary:
          'It changes production, and that is agreed to in a change. Take it out of the merge queue, wait until the pull request shows its change, and have that approved.',
      };
    case 'change':
      return { title: titleOf(subject.sheet, subject.part), summary: summaryOf(subject.sheet, subject.part) };
  }
}

function titleOf({ number, state }: ChangeSheet, part: PartSheet): string {
  if (part.state === 'merged') return `Change ${number} is approved and merged`;
  if (part.state === 'merged-unapproved') return `Change ${number} was merged unapproved`;
  if (state !== 'open' || part.state === 'closed') return `Change ${number} has ended`;
  const [first, ...others] = part.gates;
  if (first === undefined) return `Change ${number} is approved`;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return clip(`Waits for ${gateName(first)}${more} (change ${number})`, 200);
}

function summaryOf(sheet: ChangeSheet, part: PartSheet): string {
  const warnings = warningsOf({ parts: [part] });
  return [
    `**${escapeMarkdown(changeTitle(sheet))}**`,
    ...turnTexts({ parts: [part], tag: undefined }).map((text) => escapeMarkdown(text)),
    ...(warnings.length === 0
      ? []
      : [warnings.map((each) => `- ⚠️ ${escapeMarkdown(warningText(each))}`).join('\n')]),
    ...(part.tally === undefined ? [] : [markdown(tallyWords(part.tally))]),
    gatesMarkdown(part),
  ].join('\n\n');
}

/** All gates that do not hold, as a list. */
export function gatesMarkdown({ gates, state }: Pick<PartSheet, 'gates' | 'state'>): string {
  if (gates.length > 0)
    return `It waits for:\n\n${gates.map((gate) => `- ${markdown(gateWords(gate))}`).join('\n')}`;
  return state === 'open' || state === 'merging' ? 'Every gate holds.' : 'It waits for nothing.';
}
