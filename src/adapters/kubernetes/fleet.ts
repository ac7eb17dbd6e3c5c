import type { Log } from '../../../jobs/ports.ts';
import type { Fleet } from '../../../jobs/rollout/fleet-port.ts';
import type { ManagementCluster } from '../../domain/rollout/management-clusters.ts';
import { PermanentError } from '../../errors.ts';
import { connect, type Patience, USUAL_PATIENCE } from './connection.ts';
import { readEvents } from './events.ts';
import { follow } from './follow.ts';
import { type KindName, objectPath } from './kinds.ts';
import type { Kubeconfig } from './kubeconfig.ts';
import { createShelves, createSite, isGone, isHidden, pathsOf, type Site, toView } from './site.ts';

export interface FleetOptions {
  readonly kubeconfig: Kubeconfig;
  readonly log: Log;
  readonly patience?: Patience;
  /** Milliseconds after which a followed cluster is listed anew whatever its watches tell. */
  readonly repairMs?: number;
  readonly now?: () => number;
}

const REPAIR_MS = 60_000;

/** The management clusters over their Kubernetes APIs. */
export function createFleet(options: FleetOptions): Fleet {
  const { kubeconfig, log, patience = USUAL_PATIENCE, repairMs = REPAIR_MS, now = Date.now } = options;
  const siteOf = rememberSites(kubeconfig, patience, log, now);
  return {
    async look(management) {
      const site = siteOf(management);
      const at = now();
      try {
        const view = await lookOnce(management.name, site, at);
        site.heard();
        return view;
      } catch (error) {
        return site.silent(error);
      }
    },
    async follow(management, { pollMs, signal, onView }) {
      await follow({
        management: management.name,
        site: siteOf(management),
        pollMs,
        repairMs,
        signal,
        now,
        onView,
      });
    },
    async eventsOf(management, object) {
      return readEvents(siteOf(management).connection, object);
    },
    async requestReconciliation(management, { kind, id }, at) {
      return annotate(siteOf(management), kind === 'source' ? 'sources' : 'kustomizations', id, at);
    },
  };
}

/** One site for each management cluster and the context that reaches it. */
function rememberSites(kubeconfig: Kubeconfig, patience: Patience, log: Log, now: () => number) {
  const sites = new Map<string, Site>();
  return ({ name, context, isOnly }: ManagementCluster): Site => {
    const wanted = { name: context ?? name, orCurrent: context === undefined && isOnly };
    const key = `${name} ${wanted.name} ${wanted.orCurrent}`;
    const known = sites.get(key);
    if (known !== undefined) return known;
    const made = createSite(name, connect(kubeconfig, wanted, patience), now, ({ why, since }, error) =>
      log.warn({ err: error, management: name, why, since }, 'a management cluster cannot be read'),
    );
    sites.set(key, made);
    return made;
  };
}

async function lookOnce(management: string, site: Site, at: number) {
  const shelves = createShelves(site);
  const hidden: KindName[] = [];
  // One after the other: each page is large while it is read.
  for (const [kind, path] of pathsOf(await site.served())) {
    try {
      await shelves[kind].fill(site.connection, path);
    } catch (error) {
      if (!isHidden(kind, error)) throw error;
      hidden.push(kind);
    }
  }
  return toView(management, at, shelves, hidden);
}

async function annotate(site: Site, kind: KindName, id: string, at: string) {
  const path = objectPath(await site.served(), kind, id);
  if (path === undefined) return 'absent';
  try {
    const annotations = { 'reconcile.fluxcd.io/requestedAt': at };
    await site.connection.merge(`ask for the reconciliation of ${id}`, path, { metadata: { annotations } });
    return 'asked';
  } catch (error) {
    if (isGone(error)) return 'absent';
    if (error instanceof PermanentError && error.code === 'forbidden') return 'not-allowed';
    throw error;
  }
}
