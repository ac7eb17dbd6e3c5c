import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { say, sayPacked, textOf } from './http-text.ts';
import {
  type Change,
  FLUX,
  type KubeObject,
  type Torn,
  type Trouble,
  type Watcher,
} from './small-cluster-parts.ts';

/**
 * A small Kubernetes API over HTTP: discovery, lists in pages, watches with bookmarks, merge patches; and levers for
 * what goes wrong. Lists of an older version expire when it is told so.
 */
export class SmallCluster {
  groups: Readonly<Record<string, readonly string[]>> = FLUX;
  tokens: readonly string[] = ['first'];
  forbidden: readonly string[] = [];
  readonly requests: string[] = [];
  readonly bodies: string[] = [];
  /** Path's part -> what the next requests for it meet, one each. */
  readonly troubles = new Map<string, Trouble[]>();
  events: readonly object[] = [];
  /** Whether watches say nothing any more, as over a connection of which one end is gone. */
  isHalfOpen = false;
  /** Whether lists come compressed to whom that suits, as large ones do. */
  isPacking = true;
  /** How many connections were ever made. */
  connections = 0;
  readonly #server;
  readonly #objects = new Map<string, KubeObject>();
  #history: Change[] = [];
  #watchers: Watcher[] = [];
  readonly #scheme: string;
  #version = 100;
  #oldest = 0;
  #pageVersions = 0;

  /** @param tls key and certificate in PEM, for a cluster that speaks TLS as real ones do. */
  constructor(tls?: { readonly key: string; readonly cert: string }) {
    const listener = (request: IncomingMessage, response: ServerResponse) =>
      void this.#answer(request, response);
    this.#server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
    this.#server.on('connection', () => {
      this.connections += 1;
    });
    this.#scheme = tls === undefined ? 'http' : 'https';
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this.address;
  }

  get address(): string {
    return `${this.#scheme}://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Makes or changes an object below a list's path such as `/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations`. */
  put(path: string, object: KubeObject): void {
    const key = `${path} ${object.metadata.namespace}/${object.metadata.name}`;
    const type = this.#objects.has(key) ? 'MODIFIED' : 'ADDED';
    this.#version += 1;
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(this.#version) } };
    this.#objects.set(key, stored);
    this.#tell({ version: this.#version, type, path, object: stored });
  }

  remove(path: string, namespace: string, name: string): void {
    const key = `${path} ${namespace}/${name}`;
    const object = this.#objects.get(key);
    if (object === undefined) throw new Error(`there is no ${key}`);
    this.#objects.delete(key);
    this.#version += 1;
    const last = { ...object, metadata: { ...object.metadata, resourceVersion: String(this.#version) } };
    this.#tell({ version: this.#version, type: 'DELETED', path, object: last });
  }

  /** Is as it was at first; whoever watches is told nothing. */
  reset(): void {
    this.#objects.clear();
    this.troubles.clear();
    this.requests.length = 0;
    this.bodies.length = 0;
    Object.assign(this, { tokens: ['first'], forbidden: [], isHalfOpen: false, groups: FLUX });
  }

  get(path: string, id: string): KubeObject | undefined {
    return this.#objects.get(`${path} ${id}`);
  }

  /** Forgets all changes before now: older watches and continue tokens get 410. */
  compact(): void {
    this.#oldest = this.#version;
    this.#history = [];
    this.#pageVersions = this.#version;
  }

  bookmark(): void {
    for (const { response } of this.#watchers)
      response.write(
        `${JSON.stringify({ type: 'BOOKMARK', object: { metadata: { resourceVersion: String(this.#version) } } })}\n`,
      );
  }

  /** Ends all watches: as a server does in good order, with an error in the stream, or by a cut connection. */
  endWatches(how: 'in-order' | 'expired' | 'cut'): void {
    const expired = { type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } };
    for (const { response } of this.#watchers.splice(0)) {
      if (how === 'cut') response.destroy();
      else response.end(how === 'expired' ? `${JSON.stringify(expired)}\n` : '');
    }
  }

  countOf(part: string): number {
    return this.requests.filter((each) => each.includes(part)).length;
  }

  get watching(): number {
    return this.#watchers.length;
  }

  #tell(change: Change): void {
    this.#history.push(change);
    for (const watcher of this.#watchers)
      if (watcher.path === change.path) this.#send(watcher.response, change);
  }

  #send(response: ServerResponse, { type, object }: Change): void {
    if (!this.isHalfOpen) response.write(`${JSON.stringify({ type, object })}\n`);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.address);
    this.requests.push(`${request.method} ${url.pathname}${url.search}`);
    const body = await textOf(request);
    const trouble = this.#troubleFor(`${url.pathname}${url.search}`);
    if (trouble === 'hang') return;
    if (trouble === 'cut') {
      response.destroy();
      return;
    }
    if (typeof trouble === 'object') {
      say(response, trouble.status, { kind: 'Status' }, trouble.headers);
      return;
    }
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    if (!this.tokens.includes(token)) {
      say(response, 401, { kind: 'Status', code: 401 });
      return;
    }
    if (this.forbidden.some((part) => `${request.method} ${url.pathname}`.includes(part))) {
      say(response, 403, { kind: 'Status', code: 403 });
      return;
    }
    if (url.pathname === '/apis') {
      say(response, 200, this.#groupList());
      return;
    }
    if (url.pathname.endsWith('/events')) {
      say(response, 200, { items: this.events });
      return;
    }
    if (request.method === 'PATCH') {
      this.#patch(url.pathname, request, body, response);
      return;
    }
    if (url.searchParams.get('watch') === 'true') this.#watch(url, response);
    else this.#list(url, request, response, trouble);
  }

  #troubleFor(path: string): Trouble | undefined {
    for (const [part, troubles] of this.troubles) if (path.includes(part)) return troubles.shift();
    return undefined;
  }

  #groupList(): object {
    const groups = Object.entries(this.groups).map(([name, versions]) => ({
      name,
      versions: versions.map((version) => ({ groupVersion: `${name}/${version}`, version })),
    }));
    return { kind: 'APIGroupList', groups };
  }

  #isServed(path: string): boolean {
    const [, , group = '', version = ''] = path.split('/');
    return this.groups[group]?.includes(version) ?? false;
  }

  #list(url: URL, request: IncomingMessage, response: ServerResponse, torn: Torn | undefined): void {
    if (!this.#isServed(url.pathname)) {
      say(response, 404, { kind: 'Status', code: 404 });
      return;
    }
    const all = [...this.#objects]
      .filter(([key]) => key.startsWith(`${url.pathname} `))
      .map(([, each]) => each);
    const limit = Number(url.searchParams.get('limit') ?? all.length);
    const [at = 0, version = this.#version] = url.searchParams.get('continue')?.split('.').map(Number) ?? [];
    if (version < this.#pageVersions) {
      say(response, 410, { kind: 'Status', code: 410 });
      return;
    }
    const next = at + limit < all.length ? { continue: `${at + limit}.${version}` } : {};
    const metadata = { resourceVersion: String(version), ...next };
    const list = { kind: 'List', metadata, items: all.slice(at, at + limit) };
    if (this.isPacking) sayPacked(request, response, list, torn);
    else sayPacked({ headers: {} }, response, list, torn);
  }

  #watch(url: URL, response: ServerResponse): void {
    const from = Number(url.searchParams.get('resourceVersion'));
    if (from < this.#oldest) {
      say(response, 410, { kind: 'Status', code: 410 });
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    for (const change of this.#history)
      if (change.version > from && change.path === url.pathname) this.#send(response, change);
    const watcher = { path: url.pathname, response };
    this.#watchers.push(watcher);
    response.on('close', () => {
      this.#watchers = this.#watchers.filter((each) => each !== watcher);
    });
  }

  #patch(pathname: string, request: IncomingMessage, body: string, response: ServerResponse): void {
    const [, base, namespace, plural, name] =
      /^(\/apis\/[^/]+\/[^/]+)\/namespaces\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(pathname) ?? [];
    const before = this.get(`${base}/${plural}`, `${namespace}/${name}`);
    if (before === undefined) {
      say(response, 404, { kind: 'Status', code: 404 });
      return;
    }
    if (request.headers['content-type'] !== 'application/merge-patch+json') {
      say(response, 415, {});
      return;
    }
    this.bodies.push(body);
    const { metadata } = JSON.parse(body) as { metadata: { annotations: object } };
    const object = { ...before, metadata: { ...before.metadata, annotations: metadata.annotations } };
    this.put(`${base}/${plural}`, object);
    say(response, 200, object);
  }
}
