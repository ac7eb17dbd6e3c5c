import type { ModalView } from '@slack/types';
import type { PolicyProblem } from '../../domain/policy/problems.ts';
import { clip } from '../clip.ts';
import { noteView, policyText } from '../note-view.ts';

/** Why a release cannot be prepared. */
export type ReleaseUnavailable =
  /** @param last the last release's tag. */
  | { readonly kind: 'nothing-new'; readonly last: string | undefined }
  | { readonly kind: 'policy-invalid'; readonly problems: readonly PolicyProblem[] }
  /** A tag that was there a moment ago. */
  | { readonly kind: 'tag-gone'; readonly tag: string }
  | {
      readonly kind:
        | 'not-allowed'
        | 'guest'
        | 'membership-unknown'
        | 'queue-away'
        | 'no-snapshot'
        | 'github-away'
        | 'unknown';
    };

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
      return 'You are not in a group that may cut a release. Please ask someone who is; the policy file names the groups.';
    case 'guest':
      return 'Guests cannot cut a release. Please ask a full member.';
    case 'membership-unknown':
      return 'Slack cannot tell just now whether you may cut a release. Please try again in a minute.';
    case 'queue-away':
      return 'Trunkline cannot take releases just now. Nothing was written. Please try again in a minute.';
    case 'no-snapshot':
      return 'The platform repository cannot be read just now. Please try again in a minute.';
    case 'policy-invalid':
      return policyText(why.problems, 'no release can be cut');
    case 'github-away':
      return 'GitHub does not answer just now. Nothing was written. Please try again in a minute.';
    case 'tag-gone':
      return `The tag ${clip(why.tag, 100)} was there a moment ago and is gone now. Nothing was written. Please look on GitHub, then try again.`;
    case 'unknown':
      return 'Something that Trunkline cannot mend came between. Nothing was written. Please tell the platform team.';
  }
}
