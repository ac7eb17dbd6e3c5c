import type { ModalView } from '@slack/types';
import type { PolicyProblem } from '../domain/policy/problems.ts';
import { clip } from './clip.ts';
import { someOf } from './listing.ts';
import { plain } from './slack-text.ts';

/** A modal that only says something. */
export function noteView(title: string, text: string, more: Partial<ModalView> = {}): ModalView {
  return {
    type: 'modal',
    title: plain(title, 24),
    close: plain('Close'),
    notify_on_close: false,
    blocks: [{ type: 'section', text: plain(text) }],
    ...more,
  };
}

/**
 * What stands where the policy file has mistakes; the first is named, for whoever is told of it.
 *
 * @param consequence what cannot be done, such as `no request can be taken`.
 */
export function policyText(problems: readonly PolicyProblem[], consequence: string): string {
  const [first] = problems;
  const where = first
    ? `, the first in line ${first.line}: ${clip(`${first.path} ${first.message}`.trim(), 200)}`
    : '';
  return `The policy file .github/trunkline.yaml has mistakes, so ${consequence}. Please tell the platform team (${problems.length} in all${where}).`;
}

/** Which repository is meant, where that cannot be told. */
export function whichRepositoryText(command: string, repos: readonly string[]): string {
  const names = someOf(
    repos.map((name) => clip(name, 100)),
    10,
  );
  return `Please say which platform: ${command} followed by ${names}.`;
}
