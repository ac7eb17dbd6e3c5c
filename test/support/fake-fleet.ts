import type { ClusterEvent, Fleet } from '../../jobs/rollout/fleet-port.ts';
import type { ManagementView } from '../../src/domain/rollout/objects.ts';

interface Asked {
  readonly management: string;
  readonly kind: string;
  readonly id: string;
  readonly at: string;
}

/** Management clusters in memory; those that are not known to it are not set up. */
export class FakeFleet implements Fleet {
  readonly shown = new Map<string, ManagementView>();
  /** What was asked to reconcile. */
  readonly asked: Asked[] = [];
  /** What a cluster answers to that; an error is thrown. */
  answer: 'asked' | 'not-allowed' | 'absent' | Error = 'absent';
  /** An error is thrown. */
  events: readonly ClusterEvent[] | Error = [];
  readonly #watches = new Map<string, Set<(view: ManagementView) => void>>();

  /** Names of the management clusters that are watched now. */
  get watched(): readonly string[] {
    return [...this.#watches].flatMap(([name, { size }]) => (size === 0 ? [] : [name]));
  }

  /** How many watch a management cluster now. */
  watchers(name: string): number {
    return this.#watches.get(name)?.size ?? 0;
  }

  /** Lets a management cluster show this from now on, and whoever watches it see it. */
  push(view: ManagementView): void {
    this.shown.set(view.management, view);
    for (const onView of this.#watches.get(view.management) ?? []) onView(view);
  }

  async look({ name }: { readonly name: string }): Promise<ManagementView> {
    return this.shown.get(name) ?? { kind: 'silent', management: name, at: 0, since: 0, why: 'not-set-up' };
  }

  follow: Fleet['follow'] = async (management, { signal, onView }) => {
    const watches = this.#watches.get(management.name) ?? new Set();
    this.#watches.set(management.name, watches.add(onView));
    onView(await this.look(management));
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve());
    });
    watches.delete(onView);
  };

  eventsOf: Fleet['eventsOf'] = async () => {
    if (this.events instanceof Error) throw this.events;
    return this.events;
  };

  requestReconciliation: Fleet['requestReconciliation'] = async ({ name }, { kind, id }, at) => {
    this.asked.push({ management: name, kind, id, at });
    if (this.answer instanceof Error) throw this.answer;
    return this.answer;
  };
}
