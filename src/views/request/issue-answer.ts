import type { Refusal } from '../../domain/form/refusal.ts';
import { isDnsLabel } from '../../domain/names.ts';
import { type IssueMistake, issueHeadingOf } from '../../domain/request/issue-form.ts';
import { clip } from '../clip.ts';
import { failureText } from '../failure-text.ts';
import { fieldTitle } from '../field-title.ts';
import { codeMarkdown, escapeMarkdown } from '../markdown-text.ts';
import { refusalText } from '../refusal-text.ts';
import { type StandingRefusal, standingRefusalText } from './standing-answer.ts';

/** What an issue's one comment says. */
export type IssueAnswer =
  | { readonly kind: 'working' }
  | { readonly kind: 'opened'; readonly pull: number }
  | { readonly kind: 'ended'; readonly pull: number }
  | { readonly kind: 'name-stays'; readonly pull: number; readonly name: string }
  | { readonly kind: 'mistakes'; readonly mistakes: readonly IssueMistake[] }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
  | {
      readonly kind: 'not-changed';
      readonly pull: number;
      readonly code: StandingRefusal;
      readonly paths: readonly string[];
    }
  | { readonly kind: 'stranger' | 'not-allowed' | 'unmapped' }
  | { readonly kind: 'failed'; readonly code: string };

/** What the comment remembers of the issue: the name that was asked for, and which text it answers. */
export interface IssueMemory {
  readonly name: string;
  /** Digest of the issue's text, 16 hexadecimal digits. */
  readonly form: string;
  readonly kind: IssueAnswer['kind'];
}

/** The comment in markdown; its first line is for us and is not seen. */
export function issueAnswer(answer: IssueAnswer, { name, form }: Omit<IssueMemory, 'kind'>): string {
  const known = isDnsLabel(name) ? name : '-';
  return `<!-- request ${known} ${form} ${answer.kind} -->\n${words(answer).join('\n\n')}`;
}

/** @param comments of our own, oldest first. */
export function readIssueMemory(comments: readonly string[]): IssueMemory | undefined {
  const found = comments.flatMap((text) => {
    const match = /^<!-- request ([a-z0-9-]{1,63}) ([0-9a-f]{16}) ([a-z-]{1,20}) -->(?:\r?\n|$)/.exec(text);
    const [, name, form, kind] = match ?? [];
    return name === undefined || form === undefined || !isKind(kind) ? [] : [{ name, form, kind }];
  });
  return found.at(-1);
}

const kinds = {
  working: true,
  opened: true,
  ended: true,
  'name-stays': true,
  mistakes: true,
  refused: true,
  'not-changed': true,
  stranger: true,
  'not-allowed': true,
  unmapped: true,
  failed: true,
} as const satisfies Record<IssueAnswer['kind'], true>;

function isKind(text: string | undefined): text is IssueAnswer['kind'] {
  return text !== undefined && Object.hasOwn(kinds, text);
}

const again = 'Edit the text of this issue to mend it; this comment then changes.';

function words(answer: IssueAnswer): readonly string[] {
  switch (answer.kind) {
    case 'working':
      return ['⏳ Working on it.'];
    case 'opened':
      return [
        `🔵 #${answer.pull} is this request. It waits for a review; merging it closes this issue.`,
        'Edit the text of this issue to change what is asked for: the pull request gets a further commit.',
      ];
    case 'ended':
      return [
        `⚪ #${answer.pull} was this request, and it has ended. To ask again, open a new issue with the form.`,
      ];
    case 'name-stays':
      return [
        `⚪ #${answer.pull} asks for the namespace ${codeMarkdown(answer.name)}, and the name of a request stays. For another name, close that pull request and open a new issue with the form.`,
      ];
    case 'mistakes':
      return [
        '⚪ This cannot be read as the form writes it. Nothing was opened or changed.',
        answer.mistakes.slice(0, 20).map(mistakeLine).join('\n'),
        again,
      ];
    case 'refused':
      return [
        '⚪ This is not possible as it is asked. Nothing was opened or changed.',
        answer.refusals.slice(0, 20).map(refusalLine).join('\n'),
        again,
      ];
    case 'not-changed':
      return [
        `⚪ #${answer.pull} was not changed. ${escapeMarkdown(standingRefusalText(answer.code, answer.paths))}`,
      ];
    case 'stranger':
      return [
        '⚪ Only members of the organisation and collaborators of this repository can ask for a tenant here.',
      ];
    case 'not-allowed':
      return [
        '⚪ The policy does not let you ask for tenants. Please ask the platform team, or someone of your team who may.',
      ];
    case 'unmapped':
      return [
        '⚪ The policy names who may ask by Slack groups, and does not say which Slack account is yours. Ask with `/onboard-tenant` in Slack, or have your account added to `people` in the policy.',
      ];
    case 'failed':
      return [`🔴 This did not work. ${escapeMarkdown(failureText(answer.code))}`];
  }
}

function mistakeLine(mistake: IssueMistake): string {
  switch (mistake.code) {
    case 'heading-missing':
      return `- The heading ${codeMarkdown(`### ${mistake.heading}`)} is missing, or stands out of its order.`;
    case 'access-line':
      return `- **Access**: ${typed(mistake.line)} is not like ${codeMarkdown('prod: reader')} or ${codeMarkdown('prod: reader for group-a, group-b')}.`;
    case 'label-line':
      return `- **Labels**: ${typed(mistake.line)} is not like ${codeMarkdown('key: value')}.`;
    case 'reach-line':
      return `- **What may reach it**: ${typed(mistake.line)} is none of the form's choices.`;
  }
}

function refusalLine(refusal: Refusal): string {
  const title = issueHeadingOf(refusal.field) ?? fieldTitle(refusal.field);
  return `- **${escapeMarkdown(title)}**: ${escapeMarkdown(clip(refusalText(refusal), 300).replaceAll('\n', ' '))}`;
}

function typed(line: string): string {
  return codeMarkdown(clip(line, 80));
}
