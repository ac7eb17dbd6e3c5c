import { randomBytes } from 'node:crypto';

import type { Watch } from './api/watch.ts';
import type { Installed } from './resources.ts';
import { StatusError } from './status.ts';
import { Store, type StoreOptions } from './store.ts';

/**
 * How a cluster does not answer.
 *
 * - `timeout`: no request is ever answered, open watches are cut.
 * - `half-open`: requests are answered, but every watch, open or new, is dead without a word.
 * - `gone`: connections are cut.
 * - `error`: every request is answered with this status; `retryAfter` in seconds. Open watches go on.
 */
export type Outage =
  | { readonly kind: 'timeout' }
  | { readonly kind: 'half-open' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'error'; readonly status: number; readonly retryAfter?: number };

export interface ClusterName {
  /** Also the name of its context in the kubeconfig. */
  readonly name: string;
  readonly provider: string;
  readonly version: string;
}

/** One management cluster: its objects, who may ask for them, and what is wrong with it. */
export class ManagementCluster {
  readonly name: string;
  readonly provider: string;
  readonly version: string;
  readonly installed: Installed;
  readonly store: Store;
  readonly tokens = {
    bot: randomBytes(24).toString('base64url'),
    admin: randomBytes(24).toString('base64url'),
  } as const;
  readonly watches = new Set<Watch>();
  outage: Outage | undefined;
  /** Whether the bot may ask for reconciliation. */
  botMayPatch = true;
  /** Whether the next watches from a forgotten version are refused by 410 instead of told of it inside. */
  expiredByStatus = false;

  constructor({ name, provider, version }: ClusterName, installed: Installed, options: StoreOptions = {}) {
    this.name = name;
    this.provider = provider;
    this.version = version;
    this.installed = installed;
    this.store = new Store(options);
  }

  /** Makes it unreachable in some way, or (undefined) mends it. */
  setOutage(outage: Outage | undefined): void {
    this.outage = outage;
    if (outage === undefined) return;
    for (const watch of this.watches) {
      if (outage.kind === 'half-open') watch.silence();
      else if (outage.kind !== 'error') watch.cut();
    }
  }

  /**
   * Forgets the past: open watches are told 410 and end, as does whoever comes with an old resource version.
   *
   * @param how whether a later watch is told inside the stream (as from the watch cache) or by the HTTP status.
   */
  expire(how: 'event' | 'status'): void {
    this.store.expire();
    this.expiredByStatus = how === 'status';
    const { version } = this.store;
    for (const watch of [...this.watches])
      watch.fail(new StatusError(410, 'Expired', `too old resource version: ${version - 1} (${version})`));
  }

  close(): void {
    for (const watch of [...this.watches]) watch.cut();
    this.watches.clear();
  }
}
