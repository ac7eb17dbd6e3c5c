import { randomUUID } from 'node:crypto';

import { type Fields, type KubeObject, keyOf, type Manifest, type Metadata } from './objects.ts';
import type { Plural } from './resources.ts';
import { same } from './same.ts';

/** One change. `previous` is missing for what is new. */
export interface Change {
  readonly version: number;
  readonly plural: Plural;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubeObject;
  readonly previous?: KubeObject;
}

export interface StoreOptions {
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** How many changes are remembered for watches and pages; 20,000 when left out. */
  readonly remembered?: number;
}

const REMEMBERED = 20_000;

/**
 * The objects of one cluster. Every change gets the next resource version of the only counter there is, and the last
 * changes are remembered, so that watches can start in the past and pages of one list agree with each other.
 */
export class Store {
  readonly #objects = new Map<Plural, Map<string, KubeObject>>();
  readonly #sorted = new Map<Plural, readonly string[]>();
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #now: () => number;
  readonly #remembered: number;
  #log: Change[] = [];
  #version = 1_000;
  #compacted = 1_000;

  constructor({ now = Date.now, remembered = REMEMBERED }: StoreOptions = {}) {
    this.#now = now;
    this.#remembered = remembered;
  }

  /** The newest resource version. */
  get version(): number {
    return this.#version;
  }

  /** What was before this version is forgotten. */
  get compacted(): number {
    return this.#compacted;
  }

  /** The present, as Kubernetes prints it. */
  time(): string {
    return `${new Date(this.#now()).toISOString().slice(0, 19)}Z`;
  }

  now(): number {
    return this.#now();
  }

  get(plural: Plural, namespace: string, name: string): KubeObject | undefined {
    return this.#kind(plural).get(keyOf({ namespace, name }));
  }

  has(plural: Plural, namespace: string, name: string): boolean {
    return this.get(plural, namespace, name) !== undefined;
  }

  count(plural: Plural): number {
    return this.#kind(plural).size;
  }

  /** All objects of a kind, by namespace and name. */
  list(plural: Plural): readonly KubeObject[] {
    const objects = this.#kind(plural);
    return this.#keys(plural).flatMap((key) => objects.get(key) ?? []);
  }

  /** The objects as they were at a resource version; undefined when that is forgotten. */
  listAt(plural: Plural, version: number): readonly KubeObject[] | undefined {
    if (version < this.#compacted || version > this.#version) return undefined;
    if (version === this.#version) return this.list(plural);
    const objects = new Map(this.#kind(plural));
    for (const change of this.#after(version).reverse()) {
      if (change.plural !== plural) continue;
      const key = keyOf(change.object.metadata);
      if (change.previous === undefined) objects.delete(key);
      else objects.set(key, change.previous);
    }
    return [...objects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
  }

  /** What changed after a resource version, oldest first; undefined when part of it is forgotten. */
  changesAfter(plural: Plural, version: number): readonly Change[] | undefined {
    if (version < this.#compacted) return undefined;
    return this.#after(version).filter((change) => change.plural === plural);
  }

  /** Tells of every change, synchronously; returns what ends the telling. */
  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Adds an object. The caller has looked that there is none of that name. */
  create(plural: Plural, manifest: Manifest, status?: Fields): KubeObject {
    const version = this.#next();
    const metadata: Metadata = {
      ...manifest.metadata,
      uid: randomUUID(),
      resourceVersion: String(version),
      generation: 1,
      creationTimestamp: this.time(),
    };
    const object: KubeObject = { ...manifest, metadata, ...(status === undefined ? {} : { status }) };
    this.#put(plural, object);
    this.#tell({ version, plural, type: 'ADDED', object });
    return object;
  }

  /**
   * Replaces an object; nothing happens when nothing is different. The generation grows with the spec.
   *
   * @param next what it shall be; its uid, version, generation and age do not count.
   */
  replace(plural: Plural, next: KubeObject): KubeObject {
    const previous = this.#kind(plural).get(keyOf(next.metadata));
    if (!previous) throw new Error(`failed to replace ${plural} ${keyOf(next.metadata)}: there is none`);
    if (previous === next || same({ ...next, metadata: { ...next.metadata, ...made(previous) } }, previous))
      return previous;
    const version = this.#next();
    const grown = same(previous.spec, next.spec) ? 0 : 1;
    const metadata: Metadata = {
      ...next.metadata,
      ...made(previous),
      generation: previous.metadata.generation + grown,
      resourceVersion: String(version),
    };
    const object = { ...next, metadata };
    this.#put(plural, object);
    this.#tell({ version, plural, type: 'MODIFIED', object, previous });
    return object;
  }

  /** Writes the status of an object that may be gone by now. */
  writeStatus(plural: Plural, namespace: string, name: string, status: Fields): KubeObject | undefined {
    const object = this.get(plural, namespace, name);
    return object && this.replace(plural, { ...object, status });
  }

  delete(plural: Plural, namespace: string, name: string): KubeObject | undefined {
    const previous = this.get(plural, namespace, name);
    if (!previous) return undefined;
    const version = this.#next();
    this.#kind(plural).delete(keyOf({ namespace, name }));
    this.#sorted.delete(plural);
    const object = { ...previous, metadata: { ...previous.metadata, resourceVersion: String(version) } };
    this.#tell({ version, plural, type: 'DELETED', object, previous });
    return object;
  }

  /** Forgets every change so far, as compaction does: older versions and pages are gone. */
  expire(): void {
    this.#log = [];
    this.#compacted = this.#version;
  }

  #next(): number {
    this.#version += 1;
    return this.#version;
  }

  #kind(plural: Plural): Map<string, KubeObject> {
    const known = this.#objects.get(plural);
    if (known) return known;
    const fresh = new Map<string, KubeObject>();
    this.#objects.set(plural, fresh);
    return fresh;
  }

  #keys(plural: Plural): readonly string[] {
    const known = this.#sorted.get(plural);
    if (known) return known;
    const fresh = [...this.#kind(plural).keys()].sort();
    this.#sorted.set(plural, fresh);
    return fresh;
  }

  #put(plural: Plural, object: KubeObject): void {
    const objects = this.#kind(plural);
    const key = keyOf(object.metadata);
    if (!objects.has(key)) this.#sorted.delete(plural);
    objects.set(key, object);
  }

  #tell(change: Change): void {
    this.#log.push(change);
    if (this.#log.length > this.#remembered * 1.25) {
      const dropped = this.#log.splice(0, this.#log.length - this.#remembered);
      this.#compacted = dropped.at(-1)?.version ?? this.#compacted;
    }
    for (const listener of this.#listeners) listener(change);
  }

  /** The log is in order of versions, so the first later one can be searched for. */
  #after(version: number): Change[] {
    let [low, high] = [0, this.#log.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#log[middle]?.version ?? 0) <= version) low = middle + 1;
      else high = middle;
    }
    return this.#log.slice(low);
  }
}

/** What only the cluster itself says of an object. */
function made({
  metadata,
}: KubeObject): Pick<Metadata, 'uid' | 'resourceVersion' | 'generation' | 'creationTimestamp'> {
  const { uid, resourceVersion, generation, creationTimestamp } = metadata;
  return { uid, resourceVersion, generation, creationTimestamp };
}
