import type { State } from './state.ts';
import type { Pull } from './types.ts';

/** Refs and pull requests as of some moment. */
export interface View {
  /** By full name (`refs/heads/main`). */
  readonly refs: ReadonlyMap<string, string>;
  /** By number. */
  readonly pulls: ReadonlyMap<number, Pull>;
}

interface Snapshot extends View {
  readonly at: number;
}

/** Keeps what refs and pull requests were, as long as somebody may be shown it. */
export class Views {
  readonly #state: State;
  readonly #now: () => number;
  #staleMs = 0;
  #snapshots: Snapshot[] = [];

  constructor(state: State, now: () => number) {
    this.#state = state;
    this.#now = now;
  }

  /** From now on `stale` is what was `ms` milliseconds ago, but never older than this call; 0 ends it. */
  setStaleReads(ms: number): void {
    this.#staleMs = ms;
    this.#snapshots = [];
    this.changed();
  }

  /** To be called after every change. */
  changed(): void {
    if (this.#staleMs === 0) return;
    const { refs, pulls } = this.#state;
    this.#snapshots.push({ at: this.#now(), refs: new Map(refs), pulls: structuredClone(pulls) });
    const oldest = this.#snapshots.findLastIndex((each) => each.at <= this.#now() - this.#staleMs);
    this.#snapshots.splice(0, Math.max(0, oldest));
  }

  truth(): View {
    return this.#state;
  }

  stale(): View {
    if (this.#staleMs === 0) return this.#state;
    const until = this.#now() - this.#staleMs;
    return this.#snapshots.findLast((each) => each.at <= until) ?? this.#snapshots[0] ?? this.#state;
  }
}
