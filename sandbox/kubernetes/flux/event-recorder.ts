import type { KubeObject } from '../objects.ts';
import type { Store } from '../store.ts';

export interface Happening {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** The controller that says so. */
  readonly by: string;
}

/** Older ones are forgotten, as a cluster does after an hour. */
const KEPT = 1_000;

/** Writes core events about objects; the same one again only counts up. */
export class EventRecorder {
  readonly #store: Store;
  #names: { readonly namespace: string; readonly name: string }[] = [];
  /** The last event about an object, by its uid. */
  readonly #about = new Map<string, { readonly namespace: string; readonly name: string }>();
  #count = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  record(object: KubeObject, { type, reason, message, by }: Happening): void {
    const { name, namespace = 'default', uid, resourceVersion } = object.metadata;
    const time = this.#store.time();
    const last = this.#last(uid);
    if (last && last['reason'] === reason && last['message'] === message) {
      this.#store.replace('events', { ...last, count: Number(last['count']) + 1, lastTimestamp: time });
      return;
    }
    this.#count += 1;
    const event = `${name}.${this.#count.toString(16).padStart(16, '0')}`;
    this.#store.create('events', {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: event, namespace },
      involvedObject: {
        apiVersion: object.apiVersion,
        kind: object.kind,
        name,
        namespace,
        uid,
        resourceVersion,
      },
      type,
      reason,
      message,
      source: { component: by },
      reportingComponent: by,
      reportingInstance: `${by}-0`,
      firstTimestamp: time,
      lastTimestamp: time,
      count: 1,
      eventTime: null,
    });
    this.#names.push({ namespace, name: event });
    this.#about.set(uid, { namespace, name: event });
    const oldest = this.#names.length > KEPT ? this.#names.shift() : undefined;
    if (oldest) this.#store.delete('events', oldest.namespace, oldest.name);
  }

  /** Takes all of them away, as if they were long past. */
  forget(): void {
    for (const { namespace, name } of this.#names) this.#store.delete('events', namespace, name);
    this.#names = [];
    this.#about.clear();
  }

  #last(uid: string): KubeObject | undefined {
    const known = this.#about.get(uid);
    return known && this.#store.get('events', known.namespace, known.name);
  }
}
