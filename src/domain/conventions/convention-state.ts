import type { RepositoryState } from '../effects/effect.ts';
import type { PlatformFiles } from '../platform.ts';

/** The repository at one commit, as the check of conventions needs it. */
export interface ConventionState extends RepositoryState {
  readonly files: PlatformFiles;
}

/** Blob id -> text, of what was read besides the files that say how the platform is built. */
export type BlobTexts = ReadonlyMap<string, string>;

/** A file's text, if it was read; undefined for a file that is not there, too. */
export function textOf(path: string, { files, oids }: ConventionState, texts: BlobTexts): string | undefined {
  const oid = oids.get(path);
  return oid === undefined ? undefined : (texts.get(oid) ?? files.texts.get(path));
}
