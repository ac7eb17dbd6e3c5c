import type { Policy } from '../policy.ts';
import type { ReleaseFacts } from './release-facts.ts';
import { highestTag, versionOf } from './version.ts';

/** What is half done between tags and releases, each by its tag. */
export interface LooseEnds {
  /** The last version, when it was tagged and has no release: nobody was told of it. */
  readonly tagsWithoutRelease: readonly string[];
  /** Published releases of higher versions whose tag is gone: nothing can run them. */
  readonly releasesWithoutTag: readonly string[];
  /** Drafts of higher versions. */
  readonly drafts: readonly string[];
}

/** What lies about at and above the last version, which whoever releases should know of. */
export function looseEnds(
  { tags, releases }: Pick<ReleaseFacts, 'tags' | 'releases'>,
  { release: { tagPrefix } }: Pick<Policy, 'release'>,
): LooseEnds {
  const last = highestTag(tags, tagPrefix)?.name;
  const floor = last === undefined ? undefined : versionOf(last, tagPrefix);
  const isTold = releases.some(({ tag, isDraft }) => tag === last && !isDraft);
  const above = releases.filter(({ tag }) => {
    const version = versionOf(tag, tagPrefix);
    if (version === undefined || tags.some(({ name }) => name === tag)) return false;
    return floor === undefined || version.compare(floor) > 0;
  });
  const named = (isDraft: boolean) => above.filter((each) => each.isDraft === isDraft).map(({ tag }) => tag);
  return {
    tagsWithoutRelease: last !== undefined && !isTold ? [last] : [],
    releasesWithoutTag: named(false),
    drafts: named(true),
  };
}
