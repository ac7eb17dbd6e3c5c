import type { Policy } from '../policy.ts';
import type { ReleaseFacts } from './release-facts.ts';
import { highestTag, versionOf } from './version.ts';

/** Something half done that whoever releases should know of. */
export type LooseEnd =
  /** The last version was tagged and has no release: nobody was told of it. */
  | { readonly kind: 'tag-without-release'; readonly tag: string }
  /** A published release of a higher version whose tag is gone: nothing can run it. */
  | { readonly kind: 'release-without-tag'; readonly tag: string; readonly url: string }
  /** A draft that waits for a higher version. */
  | { readonly kind: 'draft'; readonly tag: string; readonly url: string };

/** What lies about between tags and releases, at and above the last version. */
export function looseEnds(
  { tags, releases }: Pick<ReleaseFacts, 'tags' | 'releases'>,
  { release: { tagPrefix } }: Pick<Policy, 'release'>,
): readonly LooseEnd[] {
  const last = highestTag(tags, tagPrefix)?.name;
  const floor = last === undefined ? undefined : versionOf(last, tagPrefix);
  const isTold = releases.some(({ tag, isDraft }) => tag === last && !isDraft);
  const above = releases.flatMap(({ tag, url, isDraft }): LooseEnd[] => {
    const version = versionOf(tag, tagPrefix);
    if (version === undefined || tags.some(({ name }) => name === tag)) return [];
    if (floor !== undefined && version.compare(floor) <= 0) return [];
    return [{ kind: isDraft ? 'draft' : 'release-without-tag', tag, url }];
  });
  return [...(last !== undefined && !isTold ? [{ kind: 'tag-without-release', tag: last } as const] : []), ...above];
}
