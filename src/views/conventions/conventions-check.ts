import type { Conventions } from '../../domain/conventions/conventions.ts';
import { type Finding, failsCheck, isFailure } from '../../domain/conventions/finding.ts';
import { clip } from '../clip.ts';
import { codeMarkdown, escapeMarkdown } from '../markdown-text.ts';
import { problemWords } from './problem-words.ts';

/** GitHub takes so many annotations in one request. */
const MOST_ANNOTATIONS = 50;

/** GitHub refuses a summary of more than 65,535 characters; so many are left for headings. */
const ROOM = 60_000;

/** Identifier of the button that sets the suggested title. */
export const MEND_TITLE = 'mend-title';

export interface CheckAnnotation {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly title: string;
  /** Plain text. */
  readonly message: string;
}

/** A button of a check run. https://docs.github.com/rest/checks/runs#create-a-check-run */
export interface CheckAction {
  /** At most 20 characters. */
  readonly label: string;
  /** At most 40 characters. */
  readonly description: string;
  /** At most 20 characters. */
  readonly identifier: string;
}

/** What the check run `conventions` says. */
export interface ConventionsOutput {
  /** Neutral where it cannot be told; it keeps nothing back, for the mend of the policy comes as a pull request too. */
  readonly verdict: 'success' | 'failure' | 'neutral';
  readonly title: string;
  /** Markdown of at most 65,535 characters. */
  readonly summary: string;
  readonly annotations: readonly CheckAnnotation[];
  readonly actions: readonly CheckAction[];
}

export function conventionsCheck({ findings, unread, suggestedTitle }: Conventions): ConventionsOutput {
  const failing = findings.filter(failsCheck);
  const notices = findings.filter((each) => each.isNew && !isFailure(each));
  const old = findings.filter(({ isNew }) => !isNew);
  return {
    verdict: failing.length === 0 ? 'success' : 'failure',
    title: titleOf(failing.length, notices.length, old.length),
    summary: [
      failing.length === 0
        ? 'What this pull request changes follows the conventions.'
        : 'Each of these is new with this pull request, and says how it is mended. The check looks again by itself after a push or an edit of the title.',
      ...section('', failing, ROOM / 2),
      ...section('### To know', notices, ROOM / 8),
      ...section('### Stood before, and fails nothing', old, ROOM / 4),
      ...notChecked(unread),
    ].join('\n\n'),
    annotations: [...failing, ...notices, ...old].flatMap(annotationOf).slice(0, MOST_ANNOTATIONS),
    actions:
      suggestedTitle === undefined
        ? []
        : [
            {
              label: 'Mend the title',
              description: 'Sets the title that is suggested here',
              identifier: MEND_TITLE,
            },
          ],
  };
}

/** While the policy has mistakes nobody can tell what its conventions are. */
export function conventionsUnknown(): ConventionsOutput {
  return {
    verdict: 'neutral',
    title: 'Not checked: the policy has mistakes',
    summary:
      'What the conventions are cannot be told while `.github/trunkline.yaml` on the default branch has mistakes. Please tell the platform team.',
    annotations: [],
    actions: [],
  };
}

/** What a merge queue makes of a pull request: that was checked before it came there. */
export function conventionsQueued(number: number): ConventionsOutput {
  return {
    verdict: 'success',
    title: `Checked on #${number}`,
    summary: `What the conventions say stands on pull request #${number}, which the queue is about to merge.`,
    annotations: [],
    actions: [],
  };
}

function titleOf(failing: number, notices: number, old: number): string {
  const also = [...(notices > 0 ? [`${notices} to know`] : []), ...(old > 0 ? [`${old} stood before`] : [])];
  const more = also.length > 0 ? ` (${also.join(', ')})` : '';
  if (failing === 0) return `All in order${more}`;
  return `${failing} ${failing === 1 ? 'thing' : 'things'} to mend${more}`;
}

function section(heading: string, findings: readonly Finding[], room: number): readonly string[] {
  if (findings.length === 0) return [];
  const lines: string[] = [];
  let used = 0;
  for (const finding of findings) {
    const text = lineOf(finding);
    if (used + text.length > room) break;
    used += text.length;
    lines.push(text);
  }
  const left = findings.length - lines.length;
  if (left > 0) lines.push(`- **Cut here**: ${left} more are not shown.`);
  return [...(heading === '' ? [] : [heading]), lines.join('\n')];
}

function lineOf({ problem, path, line }: Finding): string {
  const { title, what, mend } = problemWords(problem);
  const place = path === undefined ? '' : ` ${codeMarkdown(`${clip(path, 300)}:${line}`)}`;
  return `- **${escapeMarkdown(title)}**${place}\n  ${escapeMarkdown(what)}\n  ${escapeMarkdown(mend)}`;
}

/** What has no line of its own, the title, stands in the summary only. */
function annotationOf(finding: Finding): readonly CheckAnnotation[] {
  const { problem, path, line, isNew } = finding;
  if (path === undefined) return [];
  const { title, what, mend } = problemWords(problem);
  const level = failsCheck(finding) ? 'failure' : isNew ? 'warning' : 'notice';
  const before = isNew ? '' : ' (stood before)';
  return [{ path, line, level, title: `${title}${before}`, message: `${what}\n${mend}` }];
}

function notChecked(unread: readonly string[]): readonly string[] {
  if (unread.length === 0) return [];
  const shown = unread.slice(0, 20).map((path) => codeMarkdown(clip(path, 300)));
  const more = unread.length - shown.length;
  return [
    `Not checked, for they are binary, larger than 256 KB, or links: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
  ];
}
