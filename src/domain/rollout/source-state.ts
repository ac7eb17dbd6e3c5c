import type { CommitSha } from '../ids.ts';
import type { Source } from '../platform.ts';
import { decisiveLine } from './decisive-line.ts';
import { type Expected, holdsExpected } from './expected.ts';
import type { GitSource } from './objects.ts';
import type { Revision } from './revision.ts';

/** How a source stands to what is expected of it. */
export type SourceState =
  | { readonly kind: 'at'; readonly revision: Revision }
  /** An alarm: the tag points to another commit than the one that was approved. */
  | { readonly kind: 'moved-tag'; readonly tag: string; readonly found: CommitSha }
  | { readonly kind: 'missing-tag'; readonly tag: string; readonly line: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly line: string }
  | { readonly kind: 'fetching' }
  | { readonly kind: 'behind'; readonly revision: Revision | undefined }
  | { readonly kind: 'following-another'; readonly follows: Source['ref'] }
  | { readonly kind: 'suspended' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly since: number };

/** Where a source stands. A source that is suspended or fails may all the same hold what is expected. */
export function sourceState(source: GitSource | undefined, expected: Expected): SourceState {
  if (source === undefined) return { kind: 'absent' };
  const { artifact } = source;
  if (artifact !== undefined && holdsExpected(source, expected)) return { kind: 'at', revision: artifact };
  if (source.suspended) return { kind: 'suspended' };
  if (expected.kind === 'tag' && !followsTag(source, expected.tag)) {
    return { kind: 'following-another', follows: source.follows };
  }
  if (expected.kind === 'tag' && artifact?.ref === expected.tag) {
    return { kind: 'moved-tag', tag: expected.tag, found: artifact.commit };
  }
  return failure(source) ?? onItsWay(source);
}

function followsTag({ follows }: GitSource, tag: string): boolean {
  return follows.kind === 'tag' && follows.tag === tag;
}

/** A failure of an older generation says nothing about what is asked of the source now. */
function failure(source: GitSource): SourceState | undefined {
  const { stalled, ready, follows, generation } = source;
  const bad = stalled?.status === 'True' ? stalled : ready?.status === 'False' ? ready : undefined;
  if (bad === undefined || (bad.generation ?? generation) < generation) return undefined;
  const line = decisiveLine(bad.message);
  const isMissing = /couldn't find remote ref|reference not found/i.test(bad.message);
  return isMissing && follows.kind === 'tag'
    ? { kind: 'missing-tag', tag: follows.tag, line }
    : { kind: 'failed', reason: bad.reason, line };
}

function onItsWay(source: GitSource): SourceState {
  const isBusy = source.reconciling?.status === 'True' || source.observedGeneration !== source.generation;
  return isBusy ? { kind: 'fetching' } : { kind: 'behind', revision: source.artifact };
}
