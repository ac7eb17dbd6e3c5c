import type { VersionProposal, VersionRefusal } from '../../domain/release/version.ts';
import { clip } from '../clip.ts';
import { entryMark, titleText } from './entry-words.ts';

/** Why a version is proposed, as one sentence: `v0.2.0, since feat(x): … (#12) is a feature.` */
export function proposalText({ tag, reason }: VersionProposal): string {
  switch (reason.kind) {
    case 'first':
      return `${tag}, since it is the first release.`;
    case 'always-patch':
      return `${tag}, since the policy always raises the last number.`;
    case 'breaking':
      return `${tag}, since ${titleText(reason.entry, 120)} (${entryMark(reason.entry)}) is a breaking change.`;
    case 'feature':
      return `${tag}, since ${titleText(reason.entry, 120)} (${entryMark(reason.entry)}) is a feature.`;
    case 'rest':
      return `${tag}, since nothing in it is a feature or a breaking change.`;
  }
}

/** What is wrong with a version and what to do about it, for its field. */
export function versionErrors(refusal: VersionRefusal): string {
  switch (refusal.code) {
    case 'version-empty':
      return 'Give the release a version.';
    case 'version-form':
      return `Write three numbers with dots between them, such as ${refusal.example}.`;
    case 'version-low':
      return `It has to be higher than ${clip(refusal.last, 100)}. For example: ${refusal.example}`;
    case 'tag-exists':
      return `${existsText(refusal)} For example: ${refusal.example}`;
  }
}

function existsText({ tag, hasRelease }: Extract<VersionRefusal, { readonly code: 'tag-exists' }>): string {
  const name = clip(tag, 100);
  return hasRelease
    ? `${name} is released already. Please choose a higher version.`
    : `The tag ${name} exists already, without a release; it is never moved. Please choose a higher version, or publish a release for it on GitHub.`;
}
