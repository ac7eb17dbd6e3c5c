import type { KnownBlock } from '@slack/types';
import type { TenantPlace } from '../../domain/platform.ts';
import type { PolicyProblem } from '../../domain/policy/problems.ts';
import { clip } from '../clip.ts';
import { someOf } from '../listing.ts';
import { plain } from '../slack-text.ts';

/** Something that a person should know before filling in the form or sending it. */
export type FormNotice =
  | { readonly kind: 'platform-unknown' }
  /** The same, below a preview that had to do without it. */
  | { readonly kind: 'preview-uncertain' }
  | { readonly kind: 'platform-stale'; readonly minutes: number }
  | { readonly kind: 'open-requests-unknown' }
  | { readonly kind: 'unreadable'; readonly paths: readonly string[] }
  | { readonly kind: 'policy-invalid'; readonly problems: readonly PolicyProblem[] }
  | { readonly kind: 'adds'; readonly name: string; readonly places: readonly TenantPlace[] }
  /** Files in the shared folder that stand already and stay as they are. */
  | { readonly kind: 'shared-stays'; readonly clouds: readonly string[] };

/** A notice as one line at the top of a form or a preview. */
export function noticeBlock(notice: FormNotice): KnownBlock {
  const mark = notice.kind === 'adds' || notice.kind === 'shared-stays' ? 'ℹ️' : '⚠️';
  return { type: 'context', elements: [plain(`${mark} ${noticeText(notice)}`, 2000)] };
}

/** The sentence of a notice. */
export function noticeText(notice: FormNotice): string {
  switch (notice.kind) {
    case 'platform-unknown':
      return 'The platform repository cannot be read just now, so clouds and names are checked after you send.';
    case 'preview-uncertain':
      return 'The platform repository cannot be read just now. All is checked after you send, and the files may then differ.';
    case 'platform-stale':
      return `What this form knows of the repository is ${ago(notice.minutes)} old. All is checked again after you send.`;
    case 'open-requests-unknown':
      return 'Whether a request for this name is open cannot be told just now; it is checked after you send.';
    case 'unreadable':
      return `These files of the repository could not be read, so something may be missing here: ${someOf(
        notice.paths.map((path) => clip(path, 150)),
        3,
      )}.`;
    case 'policy-invalid':
      return `The policy file has mistakes, so defaults are used. The first: ${problemText(notice.problems[0])}`;
    case 'adds':
      return `${notice.name} stands in ${placesText(notice.places)} already. This adds what is missing elsewhere.`;
    case 'shared-stays':
      return `In ${someOf(notice.clouds, 5)} the shared files stand already. They stay as they are, so size, reach and labels chosen here have no effect there.`;
  }
}

function ago(minutes: number): string {
  const whole = Math.max(1, Math.round(minutes));
  if (whole < 120) return whole === 1 ? '1 minute' : `${whole} minutes`;
  return `${Math.round(whole / 60)} hours`;
}

function problemText(problem: PolicyProblem | undefined): string {
  if (problem === undefined) return 'unknown.';
  return `line ${problem.line}, ${clip(`${problem.path} ${problem.message}`.trim(), 200)}.`;
}

function placesText(places: readonly TenantPlace[]): string {
  return someOf(
    places.map(({ cloud, folder }) => `${cloud} ${folder}`),
    6,
  );
}
