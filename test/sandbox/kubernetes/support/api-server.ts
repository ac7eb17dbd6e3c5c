import { Faults } from '../../../../sandbox/faults.ts';
import { kubernetesSite } from '../../../../sandbox/kubernetes/api/site.ts';
import { ManagementCluster } from '../../../../sandbox/kubernetes/cluster.ts';
import type { Fields } from '../../../../sandbox/kubernetes/objects.ts';
import type { Installed } from '../../../../sandbox/kubernetes/resources.ts';
import { listen, type Server } from '../../../../sandbox/server.ts';

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  // Each test knows what it asked for.
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever its test looks at
  readonly body: any;
}

interface Ask {
  readonly method?: string;
  readonly body?: unknown;
  readonly type?: string;
  readonly as?: 'bot' | 'admin' | 'stranger';
}

/** One cluster's API over HTTP, with objects that nobody changes but the test. */
export class ApiServer {
  readonly cluster: ManagementCluster;
  readonly faults = new Faults();
  readonly #server: Server;

  private constructor(server: Server, installed: Installed) {
    this.#server = server;
    this.cluster = new ManagementCluster({ name: 'aws-v1', provider: 'aws', version: 'v1' }, installed);
    const clusters = new Map([['aws-v1', this.cluster]]);
    server.mount('/kubernetes', kubernetesSite({ faults: this.faults, clusters, bookmarkMs: 40 }));
  }

  static async start(installed: Partial<Installed> = {}): Promise<ApiServer> {
    return new ApiServer(await listen(0), { flux: '2.9', lifecycle: ['cluster-api'], ...installed });
  }

  get url(): string {
    return `${this.#server.url}/kubernetes/aws-v1`;
  }

  async ask(path: string, { method = 'GET', body, type, as = 'bot' }: Ask = {}): Promise<Answered> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${as === 'stranger' ? 'nobody' : this.cluster.tokens[as]}`,
        ...(type === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  /** Follows a watch; `events` grows, and `ended` resolves when the server ends it. */
  async watch(path: string): Promise<OpenWatch> {
    const stop = new AbortController();
    const response = await fetch(`${this.url}${path}`, {
      headers: { authorization: `Bearer ${this.cluster.tokens.bot}` },
      signal: stop.signal,
    });
    return new OpenWatch(response, stop);
  }

  kustomization(name: string, { namespace = 'apps', spec = {}, labels = {} } = {}): void {
    this.cluster.store.create(
      'kustomizations',
      {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        metadata: { name, namespace, labels },
        spec: { interval: '5m', prune: true, sourceRef: { kind: 'GitRepository', name: 'main' }, ...spec },
      },
      { observedGeneration: 1 },
    );
  }

  status(name: string, status: Fields, namespace = 'apps'): void {
    this.cluster.store.writeStatus('kustomizations', namespace, name, status);
  }

  close(): Promise<void> {
    this.faults.clear();
    return this.#server.close();
  }
}

export class OpenWatch {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: an event is whatever its test looks at
  readonly events: any[] = [];
  readonly ended: Promise<void>;
  readonly #stop: AbortController;

  constructor(response: Response, stop: AbortController) {
    this.status = response.status;
    this.#stop = stop;
    this.ended = this.#read(response);
    this.ended.catch(() => undefined);
  }

  /** What happened, bookmarks left out: `ADDED one`. */
  get told(): readonly string[] {
    return this.events
      .filter(({ type }) => type !== 'BOOKMARK')
      .map(({ type, object }) => `${type} ${object.metadata?.name ?? object.code}`);
  }

  close(): void {
    this.#stop.abort();
  }

  async #read(response: Response): Promise<void> {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      this.events.push(...lines.map((line) => JSON.parse(line)));
    }
  }
}
