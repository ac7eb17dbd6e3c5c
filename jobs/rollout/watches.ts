import type { ManagementCluster } from '../../src/domain/rollout/management-clusters.ts';
import type { ManagementView } from '../../src/domain/rollout/objects.ts';
import type { JobDeps } from '../deps.ts';

export interface WatchesOptions {
  readonly fleet: JobDeps['fleet'];
  /** GitHub's clock less ours, in milliseconds. */
  readonly ahead: () => number;
  /** @param isBack whether it did not answer before. */
  readonly onView: (view: ManagementView, isBack: boolean) => void;
}

/** A watch for each management cluster that something goes through, with what it showed last, by GitHub's clock. */
export class Watches {
  readonly #options: WatchesOptions;
  readonly #endings = new Map<string, AbortController>();
  readonly #views = new Map<string, ManagementView>();

  constructor(options: WatchesOptions) {
    this.#options = options;
  }

  /** What the watched clusters showed last. */
  get views(): Iterable<ManagementView> {
    return this.#views.values();
  }

  /** Whether a management cluster was seen, or asked in vain, at least once. */
  hasSeen(management: string): boolean {
    return this.#views.has(management);
  }

  /**
   * Ends the watches of what is not `wanted`, and begins those that are missing. What the policy no longer names is
   * watched on as long as something goes through it.
   */
  keep(wanted: ReadonlySet<string>, clusters: readonly ManagementCluster[], pollMs: number): void {
    for (const [name, ending] of this.#endings) {
      if (wanted.has(name)) continue;
      ending.abort();
      this.#endings.delete(name);
      this.#views.delete(name);
    }
    for (const cluster of clusters) if (!this.#endings.has(cluster.name)) this.#watch(cluster, pollMs);
  }

  close(): void {
    for (const ending of this.#endings.values()) ending.abort();
    this.#endings.clear();
  }

  #watch(cluster: ManagementCluster, pollMs: number): void {
    const ending = new AbortController();
    this.#endings.set(cluster.name, ending);
    const onView = (view: ManagementView) => {
      if (ending.signal.aborted) return;
      const before = this.#views.get(cluster.name);
      const shown = this.#byGitHubsClock(view, before);
      this.#views.set(cluster.name, shown);
      this.#options.onView(shown, shown.kind === 'seen' && before?.kind === 'silent');
    };
    void this.#options.fleet.follow(cluster, { pollMs, signal: ending.signal, onView });
  }

  /** Views come in order, whatever the clocks say. */
  #byGitHubsClock(view: ManagementView, before: ManagementView | undefined): ManagementView {
    const ahead = this.#options.ahead();
    const at = Math.max(view.at + ahead, (before?.at ?? 0) + 1);
    return view.kind === 'silent' ? { ...view, at, since: view.since + ahead } : { ...view, at };
  }
}
