import { inc, parse, type SemVer } from 'semver';
import type { Policy } from '../policy.ts';
import type { NoteEntry } from './release-notes.ts';

/** The version that a tag stands for; undefined for a tag that is none of the platform's. */
export function versionOf(tag: string, prefix: string): SemVer | undefined {
  if (!tag.startsWith(prefix) || tag.length > 100) return undefined;
  const bare = tag.slice(prefix.length);
  const version = /^\d/.test(bare) ? parse(bare) : null;
  // Two tags that differ in build metadata only are the same version and cannot be put in order.
  return version === null || version.build.length > 0 ? undefined : version;
}

/** The tag with the highest version; pre-releases count only beside themselves, for they are no release to go on from. */
export function highestTag<Tag extends { readonly name: string }>(
  tags: readonly Tag[],
  prefix: string,
): Tag | undefined {
  return inOrder(tags, prefix).findLast(({ version }) => version.prerelease.length === 0)?.tag;
}

/**
 * The tag that a release goes on from: the highest version below it, whatever order they were made in.
 *
 * @param tag the release's own; it need not be among `tags`.
 */
export function tagBefore<Tag extends { readonly name: string }>(
  tag: string,
  tags: readonly Tag[],
  prefix: string,
): Tag | undefined {
  const own = versionOf(tag, prefix);
  if (own === undefined) return undefined;
  return inOrder(tags, prefix).findLast(
    ({ version }) => version.compare(own) < 0 && version.prerelease.length === 0,
  )?.tag;
}

/** How many tags above the last version a form keeps; there are that many only where somebody makes heaps. */
const MOST_ABOVE = 20;

/**
 * The last version's tag and what stands above it, pre-releases and drafts: what a version that is typed must not meet.
 *
 * @returns `released` those of them that a release or a draft stands for.
 */
export function tagsAbove(
  last: string | undefined,
  facts: {
    readonly tags: readonly { readonly name: string }[];
    readonly releases: readonly { readonly tag: string }[];
  },
  prefix: string,
): { readonly tags: readonly { readonly name: string }[]; readonly released: readonly string[] } {
  const floor = last === undefined ? undefined : versionOf(last, prefix);
  const isAbove = (name: string) => {
    const version = versionOf(name, prefix);
    return version !== undefined && (floor === undefined || version.compare(floor) >= 0);
  };
  const tags = inOrder(facts.tags, prefix).map(({ tag }) => ({ name: tag.name }));
  const released = [...new Set(facts.releases.map(({ tag }) => tag))].filter(isAbove);
  return {
    tags: tags.filter(({ name }) => isAbove(name)).slice(0, MOST_ABOVE),
    released: released.slice(0, MOST_ABOVE),
  };
}

function inOrder<Tag extends { readonly name: string }>(tags: readonly Tag[], prefix: string) {
  return tags
    .flatMap((tag) => {
      const version = versionOf(tag.name, prefix);
      return version === undefined ? [] : [{ tag, version }];
    })
    .toSorted((one, other) => one.version.compare(other.version));
}

/** Why a version is proposed. */
export type VersionReason =
  | { readonly kind: 'first' }
  | { readonly kind: 'always-patch' }
  | { readonly kind: 'breaking'; readonly entry: NoteEntry }
  | { readonly kind: 'feature'; readonly entry: NoteEntry }
  | { readonly kind: 'rest' };

export interface VersionProposal {
  readonly tag: string;
  readonly reason: VersionReason;
}

/**
 * The next version. Below 1.0.0 a breaking change raises the second number: leaving 0 is a person's decision.
 * https://semver.org/#spec-item-4
 */
export function proposeVersion(
  previous: string | undefined,
  entries: readonly NoteEntry[],
  { release }: Pick<Policy, 'release'>,
): VersionProposal {
  const { tagPrefix, versions } = release;
  const last = previous === undefined ? undefined : versionOf(previous, tagPrefix);
  if (last === undefined) {
    return { tag: `${tagPrefix}${versions === 'patch' ? '0.0.1' : '0.1.0'}`, reason: { kind: 'first' } };
  }
  const reason = versions === 'patch' ? ({ kind: 'always-patch' } as const) : reasonOf(entries);
  return { tag: `${tagPrefix}${inc(last.version, stepOf(reason, last))}`, reason };
}

function reasonOf(entries: readonly NoteEntry[]): VersionReason {
  const breaking = entries.find(({ isBreaking }) => isBreaking);
  if (breaking !== undefined) return { kind: 'breaking', entry: breaking };
  const feature = entries.find(({ scope }) => scope === 'feat');
  return feature === undefined ? { kind: 'rest' } : { kind: 'feature', entry: feature };
}

function stepOf({ kind }: VersionReason, last: SemVer): 'major' | 'minor' | 'patch' {
  if (kind === 'breaking') return last.major === 0 ? 'minor' : 'major';
  return kind === 'feature' ? 'minor' : 'patch';
}

export type VersionRefusal =
  | { readonly code: 'version-empty' }
  | { readonly code: 'version-form'; readonly example: string }
  /** It is not above the last version. */
  | { readonly code: 'version-low'; readonly last: string; readonly example: string }
  | {
      readonly code: 'tag-exists';
      readonly tag: string;
      readonly hasRelease: boolean;
      readonly example: string;
    };

export interface VersionQuestion {
  /** As typed, with or without the prefix. */
  readonly typed: string;
  readonly tags: readonly { readonly name: string }[];
  /** Tags that a release stands for, drafts too. */
  readonly released: readonly string[];
  readonly prefix: string;
  /** What could be typed instead. */
  readonly proposed: string;
}

/** Whether a version may be released: it is one, higher than all before, and its tag is not used. */
export function checkVersion(
  question: VersionQuestion,
): { readonly kind: 'ok'; readonly tag: string; readonly isPrerelease: boolean } | VersionRefusal {
  const { typed, tags, released, prefix, proposed: example } = question;
  const bare = typed.trim();
  if (bare === '') return { code: 'version-empty' };
  const tag = prefix !== '' && bare.startsWith(prefix) ? bare : `${prefix}${bare}`;
  const version = versionOf(tag, prefix);
  if (version === undefined || `${prefix}${version.version}` !== tag)
    return { code: 'version-form', example };
  if (tags.some(({ name }) => name === tag) || released.includes(tag)) {
    return { code: 'tag-exists', tag, hasRelease: released.includes(tag), example };
  }
  const last = highestTag(tags, prefix);
  const lastVersion = last && versionOf(last.name, prefix);
  if (last && lastVersion && version.compare(lastVersion) <= 0) {
    return { code: 'version-low', last: last.name, example };
  }
  return { kind: 'ok', tag, isPrerelease: version.prerelease.length > 0 };
}
