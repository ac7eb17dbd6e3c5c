import type { Fleet } from '../../jobs/ports.ts';
import type { ManagementView } from '../../src/domain/rollout/objects.ts';

/** Management clusters in memory; those that are not known to it are not set up. */
export class FakeFleet implements Fleet {
  readonly shown = new Map<string, ManagementView>();

  async look({ name }: { readonly name: string }): Promise<ManagementView> {
    return this.shown.get(name) ?? { kind: 'silent', management: name, at: 0, since: 0, why: 'not-set-up' };
  }

  async follow(): Promise<void> {}

  async eventsOf() {
    return [];
  }

  async requestReconciliation() {
    return 'absent' as const;
  }
}
