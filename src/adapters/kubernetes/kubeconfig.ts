import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { KubeConfig } from '@kubernetes/client-node';
import type { Dispatcher } from 'undici';
import { PermanentError } from '../../errors.ts';
import { codesOf } from './kubernetes-failure.ts';

/** Where access to clusters comes from. */
export interface KubeconfigPlaces {
  /** Files as `KUBECONFIG` names them, merged as kubectl does; one that is not there yet counts once it is. */
  readonly files: readonly string[];
  /** Whether the process runs in a pod with a service account of its own. */
  readonly isInCluster: boolean;
}

/** Which context is wanted: one by name, or if none is called so, perhaps the current one. */
export interface WantedContext {
  readonly name: string;
  readonly orCurrent: boolean;
}

/** All that a request needs: where to, and how to show who asks. */
export interface Access {
  readonly server: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly dispatcher: Dispatcher | undefined;
}

export interface Kubeconfig {
  /**
   * @param fresh true to read everything again, because what was read last was refused.
   * @throws PermanentError `not-set-up` when there is no such context, or no kubeconfig that can be read.
   */
  access(wanted: WantedContext, fresh: boolean): Promise<Access>;
  close(): Promise<void>;
}

/** The context that stands for the pod's own service account. */
const IN_CLUSTER = 'in-cluster';
/** Tokens in files are renewed long before they expire; what was read is used no longer than this, in milliseconds. */
const KEPT_MS = 300_000;
/** The files are looked at for changes at most this often, in milliseconds. */
const LOOK_EVERY_MS = 5_000;

interface Kept {
  readonly access: Access;
  readonly readAt: number;
  readonly stamp: string;
}

/** Gives access by the kubeconfig, read again when its files change, when a token may be old, and when it is refused. */
export function createKubeconfig(places: KubeconfigPlaces, now: () => number = Date.now): Kubeconfig {
  const kept = new Map<string, Kept>();
  let stamp = { text: '', at: Number.NEGATIVE_INFINITY };
  const currentStamp = async () => {
    if (now() - stamp.at >= LOOK_EVERY_MS) stamp = { text: await stampOf(places.files), at: now() };
    return stamp.text;
  };
  return {
    async access(wanted, fresh) {
      const key = `${wanted.name} ${wanted.orCurrent}`;
      if (fresh) stamp = { ...stamp, at: Number.NEGATIVE_INFINITY };
      const text = await currentStamp();
      const before = kept.get(key);
      if (before !== undefined && !fresh && before.stamp === text && now() - before.readAt < KEPT_MS)
        return before.access;
      const access = await readAccess(places, wanted);
      kept.set(key, { access, readAt: now(), stamp: text });
      // Requests under way may still use the old connections.
      void before?.access.dispatcher?.close().catch(() => undefined);
      return access;
    },
    async close() {
      await Promise.allSettled([...kept.values()].map(({ access }) => access.dispatcher?.destroy()));
      kept.clear();
    },
  };
}

async function stampOf(files: readonly string[]): Promise<string> {
  const stamps = await Promise.all(
    files.map(async (file) => {
      const found = await stat(file).catch(() => undefined);
      return found === undefined ? 'missing' : `${found.ino} ${found.size} ${found.mtimeMs}`;
    }),
  );
  return stamps.join('|');
}

/** One dispatcher for all requests: the library makes a new one, with new connections, each time it is asked. */
async function readAccess(places: KubeconfigPlaces, wanted: WantedContext): Promise<Access> {
  const files = places.files.filter((file) => existsSync(file));
  if (files.length === 0 && !places.isInCluster) throw notSetUp('there is no kubeconfig');
  // 70 MB of memory, so only for whom has a cluster.
  const { KubeConfig: Config, RequestContext, HttpMethod } = await import('@kubernetes/client-node');
  const config = load(() => new Config(), { ...places, files }, wanted);
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) throw notSetUp(`context ${wanted.name} names no cluster`);
  const context = new RequestContext(server, HttpMethod.GET);
  try {
    await config.applySecurityAuthentication(context);
  } catch (error) {
    // The reason could quote the kubeconfig itself; only what kind of error it is, is told.
    throw notSetUp(`context ${wanted.name} gives no access (${codeOf(error)})`);
  }
  return {
    server: server.replace(/\/+$/, ''),
    headers: context.getHeaders(),
    dispatcher: context.getDispatcher(),
  };
}

function load(make: () => KubeConfig, places: KubeconfigPlaces, wanted: WantedContext): KubeConfig {
  const config = make();
  if (places.isInCluster && (wanted.name === IN_CLUSTER || places.files.length === 0)) {
    if (wanted.name === IN_CLUSTER || wanted.orCurrent) {
      config.loadFromCluster();
      return config;
    }
  }
  for (const [index, file] of places.files.entries()) {
    try {
      const next = index === 0 ? config : make();
      next.loadFromFile(file);
      if (index > 0) config.mergeConfig(next, true);
    } catch (error) {
      throw notSetUp(`kubeconfig number ${index + 1} cannot be read (${codeOf(error)})`);
    }
  }
  const names = config.getContexts().map(({ name }) => name);
  if (names.includes(wanted.name)) config.setCurrentContext(wanted.name);
  else if (!wanted.orCurrent || !names.includes(config.getCurrentContext()))
    throw notSetUp(`the kubeconfig has no context ${wanted.name}`);
  return config;
}

function codeOf(error: unknown): string {
  return codesOf(error)[0] ?? 'not understood';
}

function notSetUp(why: string): PermanentError {
  return new PermanentError('not-set-up', `failed to get access to a cluster: ${why}`);
}
