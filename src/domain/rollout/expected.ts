import type { CommitSha } from '../ids.ts';
import type { GitSource } from './objects.ts';
import type { Revision } from './revision.ts';

/** What is to be applied. */
export type Expected =
  /** A promotion: the tag at the approved commit, not the tag alone, for Flux follows a tag that is moved. */
  | { readonly kind: 'tag'; readonly tag: string; readonly commit: CommitSha }
  /** A merge: its commit, or one that has it among its ancestors. */
  | { readonly kind: 'commit'; readonly commit: CommitSha; readonly descendants: ReadonlySet<CommitSha> }
  /** Whatever the source holds and is meant to hold: for looking at a fleet in which nothing is under way. */
  | { readonly kind: 'current' };

/** Whether a revision is what is expected of a source and its Kustomizations. */
export function isExpected(
  revision: Revision | undefined,
  expected: Expected,
  source: GitSource | undefined,
): boolean {
  if (revision === undefined) return false;
  switch (expected.kind) {
    case 'tag':
      return revision.ref === expected.tag && revision.commit === expected.commit;
    case 'commit':
      return revision.commit === expected.commit || expected.descendants.has(revision.commit);
    case 'current':
      return holdsItsRef(source) && isSame(revision, source?.artifact);
  }
}

/** Whether a source holds what is expected, so that its Kustomizations can apply it. */
export function holdsExpected(source: GitSource | undefined, expected: Expected): boolean {
  return isExpected(source?.artifact, expected, source);
}

/** A source whose tag does not exist goes on holding the one before. */
function holdsItsRef(source: GitSource | undefined): boolean {
  if (source?.artifact === undefined) return false;
  const { follows, artifact } = source;
  if (follows.kind === 'tag') return artifact.ref === follows.tag;
  return follows.kind === 'branch' ? artifact.ref === follows.branch : true;
}

function isSame(a: Revision, b: Revision | undefined): boolean {
  return a.ref === b?.ref && a.commit === b?.commit;
}
