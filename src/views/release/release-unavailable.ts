import type { ModalView } from '@slack/types';
import type { PolicyProblem } from '../../domain/policy/problems.ts';
import { clip } from '../clip.ts';
import { noteView, policyText, whichRepositoryText } from '../note-view.ts';
import { releaseFailureText } from './release-end.ts';

/** Why a release cannot be prepared. */
export type ReleaseUnavailable =
  /** @param last the last release's tag. */
  | { readonly kind: 'nothing-new'; readonly last: string | undefined }
  | { readonly kind: 'policy-invalid'; readonly problems: readonly PolicyProblem[] }
  /** Several are served, or none by the name that was typed. */
  | { readonly kind: 'which-repository'; readonly repos: readonly string[] }
  /** @param code the reason's code. */
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'not-allowed' | 'queue-away' | 'github-away' | 'misconfigured' };

const title = 'Release';

/** What stands while a release's facts are gathered. */
export function releaseLoading(): ModalView {
  return noteView(title, 'One moment: reading what is new since the last release…');
}

/** What stands in the form's place when it cannot be offered. */
export function releaseUnavailable(why: ReleaseUnavailable): ModalView {
  return noteView(title, releaseUnavailableText(why));
}

/** The same as one or two sentences. */
export function releaseUnavailableText(why: ReleaseUnavailable): string {
  switch (why.kind) {
    case 'nothing-new':
      return why.last === undefined
        ? 'There is nothing to release yet.'
        : `There is nothing to release: ${clip(why.last, 100)}, the last release, holds everything that is merged.`;
    case 'not-allowed':
      return 'You may not cut a release. Please ask someone who may; the policy file says who.';
    case 'queue-away':
      return 'Trunkline cannot take releases just now. Nothing was written. Please try again in a minute.';
    case 'policy-invalid':
      return policyText(why.problems, 'no release can be cut');
    case 'github-away':
      return 'GitHub does not answer just now. Nothing was written. Please try again in a minute.';
    case 'which-repository':
      return whichRepositoryText('/trunkline release', why.repos);
    case 'failed':
      return `Nothing was written. ${releaseFailureText(why.code)}`;
    case 'misconfigured':
      return 'Trunkline is not set up for this repository. Please tell the platform team.';
  }
}
