import type { RichTextElement } from '@slack/types';
import { type TextStyle, words } from '../rich-text.ts';
import { safeLink } from './safe-link.ts';

/** The address of the repository that a release's page is of. */
export function repoUrlOf(releaseUrl: string): string {
  return releaseUrl.replace(/\/releases(?:\/.*)?$/, '');
}

/** A bare address as people read it: an issue or a pull request of the same repository by its number. */
export function shownAddress(url: string, repoUrl: string): string {
  const number = numberOf(url, repoUrl);
  return number === undefined ? url : `#${number}`;
}

/** The number of the issue or pull request of this repository that an address is of. */
export function numberOf(url: string, repoUrl: string): number | undefined {
  if (!url.toLowerCase().startsWith(`${repoUrl.toLowerCase()}/`)) return undefined;
  const digits = /^\/(?:pull|issues)\/([1-9][0-9]{0,8})\/?$/.exec(url.slice(repoUrl.length))?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** A text whose `#12` lead to this repository's pull requests; GitHub leads on where it is an issue. */
export function referencesIn(text: string, repoUrl: string, style: TextStyle): readonly RichTextElement[] {
  const elements: RichTextElement[] = [];
  let from = 0;
  for (const match of text.matchAll(/(?<![\w/&#])#([1-9][0-9]{0,8})(?!\w)/g)) {
    if (match.index > from) elements.push(words(text.slice(from, match.index), style));
    elements.push(safeLink(`${repoUrl}/pull/${match[1]}`, match[0], style));
    from = match.index + match[0].length;
  }
  return from < text.length ? [...elements, words(text.slice(from), style)] : elements;
}
