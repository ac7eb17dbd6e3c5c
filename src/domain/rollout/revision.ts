import type { CommitSha } from '../ids.ts';

/** What a source held at one time: the name it was found by, and the commit. */
export interface Revision {
  /** Branch or tag; undefined when the source names a commit alone. */
  readonly ref: string | undefined;
  readonly commit: CommitSha;
}

const hash = '[0-9a-f]{40}(?:[0-9a-f]{24})?';
const now = new RegExp(`^(?:(?<ref>.+)@)?sha(?:1|256):(?<commit>${hash})$`);
const before = new RegExp(`^(?:(?<ref>.+)/)?(?<commit>${hash})$`);

/**
 * Reads a revision as Flux writes it: `main@sha1:<commit>`, `sha1:<commit>`, and `main/<commit>` as clusters before
 * Flux 2.0 do. A full reference such as `refs/tags/v1` counts as its short name.
 * https://fluxcd.io/flux/components/source/gitrepositories/#artifact
 */
export function parseRevision(text: string): Revision | undefined {
  const groups = (now.exec(text) ?? before.exec(text))?.groups;
  if (groups?.['commit'] === undefined) return undefined;
  const ref = groups['ref']?.replace(/^refs\/(?:heads|tags)\//, '');
  return { ref: ref === 'HEAD' ? undefined : ref, commit: groups['commit'] as CommitSha };
}
