import type { ProductionChange } from '../../src/domain/change/production-change.ts';
import type { Pusher } from '../../src/domain/change/pull-facts.ts';
import type { CommitSha, GitHubLogin } from '../../src/domain/ids.ts';
import type { RiskRead } from './risk-read.ts';

/** What was found out last under a name that says all that it follows from, so that it never goes stale. */
export interface Memo<Value> {
  get(key: string): Value | undefined;
  put(key: string, value: Value): void;
}

/** What changes cost again at every look otherwise. A replica that does not have it finds it out anew. */
export interface ChangeMemory {
  readonly productions: Memo<ProductionChange>;
  readonly risks: Memo<RiskRead>;
  /** Who pushed a head, until its branch is forced or restored. */
  readonly pushers: Memo<Pusher>;
  /** Number of the pull request of ours from a branch; one that is closed stays its branch's newest. */
  readonly pulls: Memo<number>;
  /** Whether one commit is in the history of another, which never changes. */
  readonly ancestors: Memo<boolean>;
  /** The last commit that two histories share. */
  readonly mergeBases: Memo<CommitSha>;
  /** Of those that are asked for just now: several looks at one pull request begin at once. */
  readonly askedMergeBases: Map<string, Promise<CommitSha | undefined>>;
  /** Members of teams, with when they were read by this process's clock; right before a decision they are read anew. */
  readonly teams: Memo<{ readonly members: readonly GitHubLogin[]; readonly at: number }>;
  /** What the comment on a pull request said last. */
  readonly comments: Memo<string>;
}

export function createChangeMemory(): ChangeMemory {
  return {
    productions: createMemo(300),
    risks: createMemo(30),
    pushers: createMemo(300),
    pulls: createMemo(300),
    ancestors: createMemo(1_000),
    mergeBases: createMemo(300),
    askedMergeBases: new Map(),
    teams: createMemo(100),
    comments: createMemo(300),
  };
}

function createMemo<Value>(most: number): Memo<Value> {
  const known = new Map<string, Value>();
  return {
    get: (key) => known.get(key),
    put(key, value) {
      known.delete(key);
      known.set(key, value);
      const oldest = known.keys().next();
      if (known.size > most && !oldest.done) known.delete(oldest.value);
    },
  };
}
