import type { CommitSha } from '../ids.ts';
import type { ReleaseFacts } from './release-facts.ts';
import type { ShownRelease } from './release-request.ts';
import { highestTag, versionOf } from './version.ts';

export interface CutQuestion {
  readonly shown: ShownRelease;
  readonly tag: string;
  /** Read for this very tag (`wanted`). */
  readonly facts: ReleaseFacts;
  readonly prefix: string;
  /** Whether an earlier run of this very request may have made the tag. */
  readonly mayBeOurs: boolean;
  /** Whether the person knows that the default branch has moved and wants the shown commit all the same. */
  readonly knowsOfMove: boolean;
}

export type CutDecision =
  /** An earlier run has published it. */
  | { readonly kind: 'stands'; readonly id: number; readonly url: string }
  | { readonly kind: 'write'; readonly missing: 'tag-and-release' | 'release' }
  /** The default branch is not what was shown: the person is asked again. */
  | { readonly kind: 'moved'; readonly now: CommitSha }
  /** Somebody released meanwhile: the notes that were shown are not what is new any more. */
  | { readonly kind: 'refuse'; readonly code: 'released-meanwhile'; readonly tag: string }
  | { readonly kind: 'refuse'; readonly code: 'tag-exists'; readonly hasRelease: boolean }
  /** The tag that the shown notes go on from is gone, or was moved. */
  | { readonly kind: 'refuse'; readonly code: 'tag-gone' }
  /** The tag is none by the policy, or not above the last version, whatever the form said. */
  | { readonly kind: 'refuse'; readonly code: 'version-unfit' };

/** What is missing of a release that a person wants as it was shown. It never moves a tag, and never takes over one. */
export function decideCut(question: CutQuestion): CutDecision {
  const { shown, tag, facts, mayBeOurs } = question;
  const { wanted } = facts;
  if (wanted !== undefined) {
    if (!mayBeOurs || wanted.commit !== shown.commit) {
      return { kind: 'refuse', code: 'tag-exists', hasRelease: wanted.release !== undefined };
    }
    return wanted.release === undefined || wanted.release.isDraft
      ? { kind: 'write', missing: 'release' }
      : { kind: 'stands', id: wanted.release.id, url: wanted.release.url };
  }
  if (!previousStands(shown, facts)) return { kind: 'refuse', code: 'tag-gone' };
  const last = highestTag(facts.tags, question.prefix)?.name;
  if (last !== shown.previous && last !== undefined && last !== tag) {
    return { kind: 'refuse', code: 'released-meanwhile', tag: last };
  }
  if (!isAbove(tag, last, question.prefix)) return { kind: 'refuse', code: 'version-unfit' };
  if (facts.head !== shown.commit && !question.knowsOfMove) return { kind: 'moved', now: facts.head };
  return { kind: 'write', missing: 'tag-and-release' };
}

function previousStands({ previous, previousCommit }: ShownRelease, { tags }: ReleaseFacts): boolean {
  if (previous === undefined) return true;
  const commit = tags.find(({ name }) => name === previous)?.commit;
  return commit !== undefined && (previousCommit === undefined || commit === previousCommit);
}

/** A form's own data is routing only, so what it was checked against is checked again. */
function isAbove(tag: string, last: string | undefined, prefix: string): boolean {
  const version = versionOf(tag, prefix);
  const floor = last === undefined || last === tag ? undefined : versionOf(last, prefix);
  return version !== undefined && (floor === undefined || version.compare(floor) > 0);
}
