import { createHash } from 'node:crypto';

import type { ManagementCluster } from '../cluster.ts';
import type { Fields, KubeObject } from '../objects.ts';
import {
  type Condition,
  conditionsOf,
  type NewCondition,
  withCondition,
  withoutCondition,
} from './conditions.ts';
import type { EventRecorder } from './event-recorder.ts';
import type { Repository } from './repository.ts';
import { sleep } from './sleep.ts';
import { artifactRevision, type GitRepositorySpec, gitRepositorySpec, requestedAt } from './specs.ts';
import { interval, type Timing } from './timing.ts';
import { WorkQueue } from './work-queue.ts';

export interface SourceParts {
  readonly cluster: ManagementCluster;
  readonly repository: Repository;
  /** Whether a source's URL is the sandbox's repository; every other one cannot be reached. */
  readonly isOurs: (url: string) => boolean;
  readonly events: EventRecorder;
  readonly timing: () => Timing;
}

const BY = 'source-controller';
const FIRST_RETRY_MS = 750;
const LONGEST_RETRY_MS = 15 * 60_000;

/** What Flux's source-controller does with GitRepositories. */
export class SourceController {
  readonly queue = new WorkQueue((key) => this.#reconcile(key), 4);
  readonly #parts: SourceParts;
  readonly #failures = new Map<string, number>();

  constructor(parts: SourceParts) {
    this.#parts = parts;
  }

  async #reconcile(key: string): Promise<void> {
    const [namespace = '', name = ''] = key.split('/');
    const object = this.#parts.cluster.store.get('gitrepositories', namespace, name);
    const spec = gitRepositorySpec.safeParse(object?.spec).data;
    if (!object || !spec || spec.suspend) return;
    const found = await this.#resolve(spec);
    if (found.kind === 'failed') this.#fail(object, spec, found.message);
    else await this.#store(object, spec, found);
  }

  async #resolve({ url, ref }: GitRepositorySpec): Promise<Resolved> {
    const failed = (why: string): Resolved => ({
      kind: 'failed',
      message: `failed to checkout and determine revision: unable to clone '${url}': ${why}`,
    });
    if (!this.#parts.isOurs(url)) return failed('dial tcp: connect: network is unreachable');
    const { repository } = this.#parts;
    if (ref.commit !== undefined) {
      const commit = await repository.peel(ref.commit);
      const named = ref.branch === undefined ? '' : `${ref.branch}@`;
      return commit
        ? { kind: 'found', revision: `${named}sha1:${commit}`, commit }
        : failed('object not found');
    }
    if (ref.semver !== undefined) return failed(`no match found for semver: ${ref.semver}`);
    const full =
      ref.name ?? (ref.tag === undefined ? `refs/heads/${ref.branch ?? 'master'}` : `refs/tags/${ref.tag}`);
    const oid = repository.ref(full);
    const commit = oid && (await repository.peel(oid));
    if (!commit) return failed(`couldn't find remote ref "${full}"`);
    const short = ref.name ?? ref.tag ?? ref.branch ?? 'master';
    return { kind: 'found', revision: `${short}@sha1:${commit}`, commit };
  }

  async #store(
    object: KubeObject,
    spec: GitRepositorySpec,
    { revision, commit }: FoundCommit,
  ): Promise<void> {
    const { timing, events } = this.#parts;
    const isNew = artifactRevision(object) !== revision;
    if (isNew) {
      const message = `building artifact: new upstream revision '${revision}'`;
      const busy = [
        ready('Unknown', 'Progressing', message),
        { type: 'Reconciling', status: 'True', reason: 'Progressing', message } as const,
      ];
      this.#write(object, { conditions: this.#conditions(object, busy, []) });
      await sleep(timing().fetchMs);
    }
    const now = this.#current(object);
    if (!now) return;
    const message = `stored artifact for revision '${revision}'`;
    const done = [
      ready('True', 'Succeeded', message),
      { type: 'ArtifactInStorage', status: 'True', reason: 'Succeeded', message } as const,
    ];
    this.#write(now, {
      ...(isNew ? { artifact: artifact(now, revision, commit, this.#parts.cluster.store.time()) } : {}),
      conditions: this.#conditions(now, done, ['Reconciling', 'FetchFailed', 'Stalled']),
      observedGeneration: object.metadata.generation,
      ...handled(now),
    });
    if (isNew) events.record(now, { type: 'Normal', reason: 'NewArtifact', message, by: BY });
    this.#failures.delete(keyOf(object));
    this.queue.addAfter(keyOf(object), interval(timing(), spec.interval));
  }

  /** A source that fails keeps its artifact, and the Kustomizations that follow it stay where they are. */
  #fail(object: KubeObject, spec: GitRepositorySpec, message: string): void {
    const { events, timing } = this.#parts;
    const failures = this.#failures.get(keyOf(object)) ?? 0;
    this.#failures.set(keyOf(object), failures + 1);
    const failed: NewCondition[] = [
      ready('False', 'GitOperationFailed', message),
      { type: 'FetchFailed', status: 'True', reason: 'GitOperationFailed', message },
      { type: 'Reconciling', status: 'True', reason: 'ProgressingWithRetry', message },
    ];
    this.#write(object, { conditions: this.#conditions(object, failed, []), ...handled(object) });
    events.record(object, { type: 'Warning', reason: 'GitOperationFailed', message, by: BY });
    const backOff = Math.min(FIRST_RETRY_MS * 2 ** failures, LONGEST_RETRY_MS);
    this.queue.addAfter(keyOf(object), Math.min(backOff, interval(timing(), spec.interval)));
  }

  #conditions(
    object: KubeObject,
    set: readonly NewCondition[],
    drop: readonly string[],
  ): readonly Condition[] {
    const at = { generation: object.metadata.generation, time: this.#parts.cluster.store.time() };
    const kept = drop.reduce(withoutCondition, conditionsOf(object));
    return set.reduce((conditions, next) => withCondition(conditions, next, at), kept);
  }

  #current({ metadata }: KubeObject): KubeObject | undefined {
    return this.#parts.cluster.store.get('gitrepositories', metadata.namespace ?? '', metadata.name);
  }

  #write(object: KubeObject, changed: Fields): void {
    const { namespace = '', name } = object.metadata;
    const status = { ...this.#current(object)?.status, ...changed };
    this.#parts.cluster.store.writeStatus('gitrepositories', namespace, name, status);
  }
}

type FoundCommit = { readonly kind: 'found'; readonly revision: string; readonly commit: string };
type Resolved = FoundCommit | { readonly kind: 'failed'; readonly message: string };

function ready(status: 'True' | 'False' | 'Unknown', reason: string, message: string): NewCondition {
  return { type: 'Ready', status, reason, message };
}

function handled(object: KubeObject): Fields {
  const asked = requestedAt(object);
  return asked === undefined ? {} : { lastHandledReconcileAt: asked };
}

function artifact({ metadata }: KubeObject, revision: string, commit: string, time: string): Fields {
  const path = `gitrepository/${metadata.namespace}/${metadata.name}/${commit}.tar.gz`;
  return {
    path,
    url: `http://source-controller.flux-system.svc.cluster.local./${path}`,
    revision,
    digest: `sha256:${createHash('sha256').update(commit).digest('hex')}`,
    lastUpdateTime: time,
    size: 20_480,
  };
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
