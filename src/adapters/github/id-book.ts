/**
 * GitHub's node ids by what they belong to, so that a mutation needs no query before it. Keys such as
 * `repository:o/r`, `pull:o/r#7`, `user:login`. A name that GitHub does not know is kept as null for a while.
 */
export interface IdBook {
  /** Undefined when it was never read or too long ago. */
  get(key: string): string | null | undefined;
  put(key: string, id: string | null): void;
  drop(key: string): void;
}

const KNOWN_MS = 3_600_000;
const UNKNOWN_MS = 600_000;
const CAPACITY = 5_000;

/** @param now milliseconds on a clock that never jumps. */
export function createIdBook(now: () => number): IdBook {
  const entries = new Map<string, { readonly id: string | null; readonly until: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      return entry !== undefined && entry.until > now() ? entry.id : undefined;
    },
    put(key, id) {
      entries.delete(key);
      entries.set(key, { id, until: now() + (id === null ? UNKNOWN_MS : KNOWN_MS) });
      const oldest = entries.keys().next();
      if (entries.size > CAPACITY && !oldest.done) entries.delete(oldest.value);
    },
    drop(key) {
      entries.delete(key);
    },
  };
}

export const repositoryKey = (repo: string) => `repository:${repo}`;
export const pullKey = (repo: string, number: number) => `pull:${repo}#${number}`;
