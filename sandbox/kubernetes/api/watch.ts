import type { ServerResponse } from 'node:http';

import type { KubeObject } from '../objects.ts';
import type { Resource } from '../resources.ts';
import type { StatusError } from '../status.ts';
import type { Change, Store } from '../store.ts';
import type { Convert, WatchStart } from './list.ts';
import type { Chosen } from './selectors.ts';

export interface WatchOptions {
  readonly store: Store;
  readonly resource: Resource;
  readonly apiVersion: string;
  readonly namespace: string | undefined;
  readonly chosen: Chosen;
  readonly convert: Convert;
  readonly start: WatchStart;
  readonly bookmarks: boolean;
  /** Whether the end of the first objects is told by a bookmark of its own. */
  readonly initial: boolean;
  /** Milliseconds between two bookmarks. */
  readonly bookmarkMs: number;
  /** Milliseconds after which the server ends it. */
  readonly timeoutMs: number;
}

/** One open watch: JSON documents, one a line, until its time is over or the other side goes. */
export class Watch {
  readonly #options: WatchOptions;
  readonly #response: ServerResponse;
  readonly #ends: (() => void)[] = [];
  #silent = false;

  constructor(options: WatchOptions, response: ServerResponse) {
    this.#options = options;
    this.#response = response;
  }

  open(): void {
    const { store, start, bookmarks, initial, bookmarkMs, timeoutMs } = this.#options;
    this.#response.writeHead(200, {
      'content-type': 'application/json',
      'cache-control': 'no-cache, private',
    });
    this.#response.flushHeaders();
    for (const change of start.first) this.#tell(change);
    if (initial) this.#bookmark({ 'k8s.io/initial-events-end': 'true' });
    this.#ends.push(store.onChange((change) => this.#tell(change)));
    const ending = setTimeout(() => this.end(), timeoutMs);
    this.#ends.push(() => clearTimeout(ending));
    if (bookmarks) {
      const telling = setInterval(() => this.#bookmark(), bookmarkMs);
      this.#ends.push(() => clearInterval(telling));
    }
    this.#response.once('close', () => this.#stop());
  }

  /** Ends it as a server does whose time is over; with bookmarks, one tells first how far it came. */
  end(): void {
    if (this.#silent) return;
    if (this.#options.bookmarks) this.#bookmark();
    this.#stop();
    this.#response.end();
  }

  /** Tells of a failure, such as 410, and ends it. */
  fail(error: StatusError): void {
    if (this.#silent) return;
    this.#send('ERROR', error.body());
    this.#stop();
    this.#response.end();
  }

  /** From now on nothing comes any more, and nothing says so: the other side is gone without a word. */
  silence(): void {
    this.#silent = true;
    this.#stop();
  }

  /** Cuts the connection. */
  cut(): void {
    this.#stop();
    this.#response.destroy();
  }

  #stop(): void {
    for (const end of this.#ends.splice(0)) end();
  }

  /** An object that no longer fits the selector is gone for this watch; one that fits now is new to it. */
  #tell({ plural, type, object, previous }: Change): void {
    const { resource, namespace, chosen } = this.#options;
    if (plural !== resource.plural) return;
    const fits = (each: KubeObject) =>
      (namespace === undefined || each.metadata.namespace === namespace) && chosen(each);
    if (type === 'ADDED' || previous === undefined) {
      if (fits(object)) this.#send('ADDED', this.#options.convert(object));
      return;
    }
    const [before, after] = [fits(previous), type !== 'DELETED' && fits(object)];
    if (before || after)
      this.#send(before && after ? 'MODIFIED' : after ? 'ADDED' : 'DELETED', this.#options.convert(object));
  }

  #bookmark(annotations?: Readonly<Record<string, string>>): void {
    const { store, resource, apiVersion } = this.#options;
    const metadata = {
      resourceVersion: String(store.version),
      creationTimestamp: null,
      ...(annotations ? { annotations } : {}),
    };
    this.#send('BOOKMARK', { kind: resource.kind, apiVersion, metadata });
  }

  #send(type: string, object: unknown): void {
    if (!this.#silent) this.#response.write(`${JSON.stringify({ type, object })}\n`);
  }
}
