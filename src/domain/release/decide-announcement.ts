import type { Policy } from '../policy.ts';
import type { Release } from './release-facts.ts';

/** What is to be done about a release's announcement. */
export type AnnouncementDecision =
  /** It is posted unless it stands, and brought up to date. */
  | { readonly kind: 'show' }
  /** It is brought up to date where it stands; it is too old to be posted now. */
  | { readonly kind: 'refresh' }
  /** Where it stands it says that the release is withdrawn. */
  | { readonly kind: 'withdraw'; readonly why: 'deleted' | 'unpublished' }
  | { readonly kind: 'nothing'; readonly why: 'pre-release' };

/** How long after it was published a release is still announced, in milliseconds: longer than any outage. */
export const ANNOUNCED_WITHIN_MS = 24 * 60 * 60 * 1000;

/**
 * What a release's announcement should be, whoever published it.
 *
 * @param release undefined when GitHub has none of this id.
 * @param now milliseconds since the epoch by GitHub's clock.
 * @param wasHeldBack whether it was not announced so far only because it was a pre-release.
 */
export function decideAnnouncement(
  release: Release | undefined,
  { release: rules }: Pick<Policy, 'release'>,
  now: number,
  wasHeldBack = false,
): AnnouncementDecision {
  if (release === undefined) return { kind: 'withdraw', why: 'deleted' };
  if (release.isDraft) return { kind: 'withdraw', why: 'unpublished' };
  if (release.isPrerelease && !rules.prereleases) return { kind: 'nothing', why: 'pre-release' };
  const age = now - Date.parse(release.publishedAt ?? '');
  return age < ANNOUNCED_WITHIN_MS || wasHeldBack ? { kind: 'show' } : { kind: 'refresh' };
}
