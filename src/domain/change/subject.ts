import type { TurnedSource } from '../effects/turned-sources.ts';
import type { CommitSha } from '../ids.ts';
import type { Source } from '../platform.ts';
import type { Subject, Turn } from './record.ts';

export interface SubjectFacts {
  readonly pull: number;
  readonly head: CommitSha;
  readonly turned: readonly TurnedSource[];
  /** Tag -> the commit that it points to now. */
  readonly tagCommits: ReadonlyMap<string, CommitSha>;
}

/** What an approval of a pull request is about. */
export function subjectOf({ pull, head, turned, tagCommits }: SubjectFacts): Subject {
  const commitOf = ({ ref }: Source) => (ref.kind === 'tag' ? tagCommits.get(ref.tag) : undefined);
  const turns = turned.map(
    ({ before, after, management }): Turn => ({
      source: `${management}:${after.namespace}/${after.name}`,
      from: refText(before),
      running: commitOf(before),
      to: refText(after),
      target: commitOf(after),
    }),
  );
  return { pull, head, turns: turns.toSorted((one, other) => (one.source < other.source ? -1 : 1)) };
}

/** A source's ref in words: `tag v0.0.2`, `branch main`. */
export function refText({ ref }: Source): string {
  if (ref.kind === 'tag') return `tag ${ref.tag}`;
  return ref.kind === 'branch' ? `branch ${ref.branch}` : ref.text;
}
