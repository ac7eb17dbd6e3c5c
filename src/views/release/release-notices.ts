import type { KnownBlock } from '@slack/types';
import type { NotesDifference } from '../../domain/release/release-notes.ts';
import { clip } from '../clip.ts';
import { someOf } from '../listing.ts';
import { plain } from '../slack-text.ts';
import { differenceText } from './difference-words.ts';

/** Something about the repository that whoever releases should know before. */
export type ReleaseNotice =
  | { readonly kind: 'tag-without-release'; readonly tags: readonly string[] }
  | { readonly kind: 'release-without-tag'; readonly tags: readonly string[] }
  | { readonly kind: 'draft'; readonly tags: readonly string[] }
  /** The last release is not in the history of what is released now. */
  | { readonly kind: 'not-ancestor'; readonly tag: string; readonly branch: string };

export function releaseNoticeText(notice: ReleaseNotice): string {
  switch (notice.kind) {
    case 'tag-without-release': {
      const one = notice.tags.length === 1;
      return `${one ? 'Tag' : 'Tags'} ${names(notice.tags)} ${one ? 'has' : 'have'} no release on GitHub. ${one ? 'It counts' : 'They count'} as released; publish a release there if it should be announced.`;
    }
    case 'release-without-tag': {
      const one = notice.tags.length === 1;
      return `${one ? 'Release' : 'Releases'} ${names(notice.tags)} on GitHub ${one ? 'has' : 'have'} no tag, so ${one ? 'it does' : 'they do'} not count here.`;
    }
    case 'draft': {
      const one = notice.tags.length === 1;
      return `${one ? 'A draft' : 'Drafts'} of ${names(notice.tags)} ${one ? 'waits' : 'wait'} on GitHub. Publish or delete ${one ? 'it' : 'them'} there; ${one ? 'its version is' : 'their versions are'} not free here.`;
    }
    case 'not-ancestor':
      return `${clip(notice.tag, 100)} is not in the history of ${clip(notice.branch, 100)}, which was rewritten since. What is new was told by pull request, not by commit.`;
  }
}

function names(tags: readonly string[]): string {
  return someOf(
    tags.map((tag) => clip(tag, 100)),
    5,
  );
}

/** Notices and differences, each on a line at the top of the form. */
export function releaseNoticeBlocks(
  notices: readonly ReleaseNotice[],
  differences: readonly NotesDifference[],
): readonly KnownBlock[] {
  return [
    ...notices.map((notice) => context(`⚠️ ${releaseNoticeText(notice)}`)),
    // What the person leaves out is shown where it is chosen.
    ...differences
      .filter(({ kind }) => kind !== 'left-out')
      .map((difference) => context(`ℹ️ ${differenceText(difference)}`)),
  ];
}

function context(text: string): KnownBlock {
  return { type: 'context', elements: [plain(text, 2000)] };
}
