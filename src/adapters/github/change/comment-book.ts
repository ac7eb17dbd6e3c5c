/** A comment of ours that stands on a pull request. */
export interface OwnComment {
  readonly id: number;
  /** As GitHub gave it; undefined where only its id is known. */
  readonly body: string | undefined;
}

/**
 * What is known of the comments that bear our keys, so that they need not be looked for. It goes by what a pull
 * request's conversation was read to hold a moment ago: `none` when all of it was read and none was there.
 */
export interface CommentBook {
  get(pull: string, key: string): OwnComment | 'none' | undefined;
  put(pull: string, key: string, comment: OwnComment): void;
  /** All that a conversation holds of ours, by key, and whether that is all of it. */
  learn(pull: string, found: ReadonlyMap<string, OwnComment>, isWhole: boolean): void;
  drop(pull: string, key: string): void;
}

const CAPACITY = 500;

export function createCommentBook(): CommentBook {
  const pulls = new Map<string, { readonly own: Map<string, OwnComment>; isWhole: boolean }>();
  const entryOf = (pull: string) => {
    const entry = pulls.get(pull) ?? { own: new Map<string, OwnComment>(), isWhole: false };
    pulls.delete(pull);
    pulls.set(pull, entry);
    const oldest = pulls.keys().next();
    if (pulls.size > CAPACITY && !oldest.done) pulls.delete(oldest.value);
    return entry;
  };
  return {
    get(pull, key) {
      const entry = pulls.get(pull);
      return entry?.own.get(key) ?? (entry?.isWhole ? 'none' : undefined);
    },
    put(pull, key, comment) {
      entryOf(pull).own.set(key, comment);
    },
    learn(pull, found, isWhole) {
      const entry = entryOf(pull);
      if (isWhole) entry.own.clear();
      for (const [key, comment] of found) entry.own.set(key, comment);
      entry.isWhole = isWhole;
    },
    drop(pull, key) {
      const entry = entryOf(pull);
      entry.own.delete(key);
      entry.isWhole = false;
    },
  };
}
