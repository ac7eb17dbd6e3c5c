import { z } from 'zod';

import type { Fields, KubeObject } from '../objects.ts';
import type { Store } from '../store.ts';
import {
  type Condition,
  conditionsOf,
  type NewCondition,
  withCondition,
  withoutCondition,
} from './conditions.ts';
import { goDuration } from './duration.ts';
import type { Entry } from './inventory.ts';

const entries = z.object({ entries: z.array(z.object({ id: z.string(), v: z.string() })) });

const record = z.looseObject({
  digest: z.string(),
  firstReconciled: z.string(),
  lastReconciledStatus: z.string(),
  totalReconciliations: z.number(),
});

const HISTORY = 5;

export function inventoryOf({ status }: KubeObject): readonly Entry[] {
  return entries.safeParse(status?.['inventory']).data?.entries ?? [];
}

/** Writes the status of one Kustomization during one run; every `write` is a change that watches see. */
export class StatusWriter {
  readonly #store: Store;
  readonly #object: KubeObject;
  #status: Fields;
  #conditions: readonly Condition[];

  constructor(store: Store, object: KubeObject) {
    this.#store = store;
    this.#object = object;
    this.#status = object.status ?? {};
    this.#conditions = conditionsOf(object);
  }

  condition(type: string, status: Condition['status'], reason: string, message: string): this {
    const next: NewCondition = { type, status, reason, message };
    const at = { generation: this.#object.metadata.generation, time: this.#store.time() };
    this.#conditions = withCondition(this.#conditions, next, at);
    return this;
  }

  without(type: string): this {
    this.#conditions = withoutCondition(this.#conditions, type);
    return this;
  }

  /** The reason of a condition, if it stands. */
  reason(type: string): string | undefined {
    return this.#conditions.find((each) => each.type === type)?.reason;
  }

  set(fields: Fields): this {
    this.#status = { ...this.#status, ...fields };
    return this;
  }

  /** One more run of what has this digest: the same outcome counts up, another one begins a new record. */
  history(digest: string, outcome: string, tookMs: number, revision: string): this {
    const known = z.array(record).safeParse(this.#status['history']).data ?? [];
    const same = known.find((each) => each.digest === digest && each.lastReconciledStatus === outcome);
    const time = this.#store.time();
    const now = {
      digest,
      firstReconciled: same?.firstReconciled ?? time,
      lastReconciled: time,
      lastReconciledDuration: goDuration(tookMs),
      lastReconciledStatus: outcome,
      totalReconciliations: (same?.totalReconciliations ?? 0) + 1,
      metadata: { revision },
    };
    return this.set({ history: [now, ...known.filter((each) => each !== same)].slice(0, HISTORY) });
  }

  write(): void {
    const { namespace = '', name } = this.#object.metadata;
    const status = { ...this.#status, conditions: this.#conditions };
    this.#store.writeStatus('kustomizations', namespace, name, status);
  }
}
