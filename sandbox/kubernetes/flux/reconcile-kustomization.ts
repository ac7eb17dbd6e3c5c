import { createHash } from 'node:crypto';

import type { KubeObject, Manifest } from '../objects.ts';
import { ApplyFailure } from './applier.ts';
import { awaitHealth } from './await-health.ts';
import { BuildFailure, build } from './build.ts';
import { dependencyProblem } from './dependencies.ts';
import { goDuration } from './duration.ts';
import { Failure } from './failure.ts';
import { healthChecks, unhealthy } from './health.ts';
import { entriesOf, identityOf } from './inventory.ts';
import { inventoryOf, StatusWriter } from './kustomization-status.ts';
import type { Again, KustomizeParts } from './kustomize-parts.ts';
import { type Mischief, mischiefFailure } from './mischief.ts';
import { destinationOf, sourceOf, sourcePlace } from './references.ts';
import { sleep } from './sleep.ts';
import {
  artifactRevision,
  commitOfRevision,
  type KustomizationSpec,
  kustomizationOf,
  requestedAt,
} from './specs.ts';
import { interval, REQUEUE_MS } from './timing.ts';
import { transformed } from './transform.ts';

const BY = 'kustomize-controller';

/** One run of kustomize-controller over one Kustomization. */
export async function reconcileKustomization(
  parts: KustomizeParts,
  namespace: string,
  name: string,
): Promise<Again> {
  const object = parts.cluster.store.get('kustomizations', namespace, name);
  const spec = object && kustomizationOf(object);
  if (!object || !spec || spec.suspend) return undefined;
  const run = new Run(parts, object, spec);
  return run.go();
}

class Deleted extends Error {}

class Run {
  readonly #parts: KustomizeParts;
  readonly #object: KubeObject;
  readonly #spec: KustomizationSpec;
  readonly #status: StatusWriter;
  readonly #began: number;
  readonly #timeoutMs: number;
  #digest: string | undefined;
  #revision = '';

  constructor(parts: KustomizeParts, object: KubeObject, spec: KustomizationSpec) {
    this.#parts = parts;
    this.#object = object;
    this.#spec = spec;
    this.#status = new StatusWriter(parts.cluster.store, object);
    this.#began = parts.cluster.store.now();
    this.#timeoutMs = spec.timeout ?? Math.max(spec.interval - 30_000, 30_000);
  }

  async go(): Promise<Again> {
    const timing = this.#parts.timing();
    const retry = { afterMs: interval(timing, this.#spec.retryInterval ?? this.#spec.interval) };
    const soon = { afterMs: interval(timing, REQUEUE_MS) };
    const source = this.#source();
    if (!source) {
      const place = sourcePlace(this.#object, this.#spec);
      return this.#ended(new Failure('ArtifactFailed', `Source '${place}' not found`), retry);
    }
    const revision = artifactRevision(source);
    if (revision === undefined)
      return this.#ended(new Failure('ArtifactFailed', 'Source artifact not found, retrying in 30s'), soon);
    const waits = dependencyProblem(this.#parts.cluster.store, this.#object, this.#spec, revision);
    if (waits !== undefined) return this.#ended(new Failure('DependencyNotReady', waits), soon);
    this.#revision = revision;
    try {
      await this.#reconcile(revision);
      return this.#succeeded({ afterMs: interval(timing, this.#spec.interval) });
    } catch (error) {
      if (error instanceof Deleted) return undefined;
      if (!(error instanceof Failure)) throw error;
      return this.#ended(error, error.reason === 'HealthCheckCanceled' ? { afterMs: 0 } : retry);
    }
  }

  async #reconcile(revision: string): Promise<void> {
    const { applyMs, fetchMs } = this.#parts.timing();
    this.#progress('Fetching manifests');
    await sleep(Math.min(fetchMs, applyMs) / 2);
    this.#strike('artifact');
    this.#status.set({ lastAttemptedRevision: revision });
    this.#progress('Building manifests');
    const objects = await this.#build(commitOfRevision(revision));
    this.#progress('Detecting drift');
    await sleep(applyMs);
    // Whoever deleted it meanwhile has pruned already.
    if (!this.#current()) throw new Deleted();
    this.#apply(objects);
    this.#prune(objects);
    await this.#checkHealth(objects);
  }

  async #build(commit: string): Promise<readonly Manifest[]> {
    this.#strike('build');
    try {
      const built = await build(this.#parts.sources, commit, this.#spec.path);
      const { targetNamespace, namePrefix, nameSuffix } = this.#spec;
      const objects = transformed(built, { namespace: targetNamespace, namePrefix, nameSuffix });
      if (typeof objects === 'string') throw new Failure('BuildFailed', objects);
      this.#digest = `sha256:${createHash('sha256').update(JSON.stringify(objects)).digest('hex')}`;
      return objects;
    } catch (error) {
      throw error instanceof BuildFailure ? new Failure(error.reason, error.message) : error;
    }
  }

  #apply(objects: readonly Manifest[]): void {
    this.#strike('apply', objects);
    const { name, namespace = '' } = this.#object.metadata;
    try {
      this.#parts.applier.apply(objects, destinationOf(this.#object, this.#spec), {
        'kustomize.toolkit.fluxcd.io/name': name,
        'kustomize.toolkit.fluxcd.io/namespace': namespace,
      });
    } catch (error) {
      throw error instanceof ApplyFailure ? new Failure('ReconciliationFailed', error.message) : error;
    }
  }

  #prune(objects: readonly Manifest[]): void {
    const entries = entriesOf(objects);
    const kept = new Set(entries.map(({ id }) => id));
    const gone = inventoryOf(this.#object).filter(({ id }) => !kept.has(id));
    this.#status.set({ inventory: { entries } });
    if (!this.#spec.prune) return;
    this.#strike('prune');
    if (destinationOf(this.#object, this.#spec).kind === 'management')
      for (const { id } of gone) this.#parts.applier.delete(identityOf(id));
  }

  async #checkHealth(objects: readonly Manifest[]): Promise<void> {
    const checks = healthChecks(this.#object, this.#spec, objects);
    if (checks.length === 0) {
      this.#status.without('Healthy');
      return;
    }
    this.#status.condition('Healthy', 'Unknown', 'Progressing', 'Running health checks');
    this.#progress('Running health checks');
    const { longestTimeoutMs = Number.POSITIVE_INFINITY, applyMs } = this.#parts.timing();
    const { kind } = destinationOf(this.#object, this.#spec);
    const outcome = await awaitHealth({
      checks,
      stalled: this.#broken() === 'health',
      waiting: () => (kind === 'workload' ? [] : unhealthy(this.#parts.applier, checks)),
      superseded: () => this.#superseded(),
      timeoutMs: Math.min(this.#timeoutMs, longestTimeoutMs),
      pollMs: Math.min(Math.max(applyMs / 4, 10), 500),
    });
    if (outcome.kind === 'canceled') throw new Failure('HealthCheckCanceled', outcome.message);
    const { status, reason, message } = outcome;
    this.#status.condition('Healthy', status, reason, message);
    if (status === 'False') throw new Failure(reason, message);
  }

  /** Something newer to do makes waiting for the old pointless. */
  #superseded(): boolean {
    const { generation } = this.#object.metadata;
    const now = this.#current();
    const source = this.#source();
    return (
      this.#parts.closed() ||
      now?.metadata.generation !== generation ||
      requestedAt(now) !== requestedAt(this.#object) ||
      (source !== undefined && artifactRevision(source) !== this.#revision)
    );
  }

  #current(): KubeObject | undefined {
    const { namespace = '', name } = this.#object.metadata;
    return this.#parts.cluster.store.get('kustomizations', namespace, name);
  }

  #progress(doing: string): void {
    const message = `${doing} for revision ${this.#revision} with a timeout of ${goDuration(this.#timeoutMs)}`;
    this.#status
      .condition('Ready', 'Unknown', 'Progressing', 'Reconciliation in progress')
      .condition('Reconciling', 'True', 'Progressing', message)
      .write();
  }

  #succeeded(again: Again): Again {
    const message = `Applied revision: ${this.#revision}`;
    const before = this.#object.status?.['lastAppliedRevision'];
    this.#status
      .condition('Ready', 'True', 'ReconciliationSucceeded', message)
      .without('Reconciling')
      .set({ lastAppliedRevision: this.#revision, observedGeneration: this.#object.metadata.generation });
    this.#write('ReconciliationSucceeded');
    if (before !== this.#revision) this.#tell('Normal', 'ReconciliationSucceeded', message);
    return again;
  }

  #ended({ reason, message }: Failure, again: Again): Again {
    this.#status.condition('Ready', 'False', reason, message);
    const reconciling = this.#status.reason('Reconciling') !== undefined;
    // What waits for something else has not begun; what failed is at once failed and about to be tried again.
    if (reconciling) this.#status.condition('Reconciling', 'True', 'ProgressingWithRetry', message);
    this.#write(reason);
    this.#tell(
      reason === 'DependencyNotReady' || reason === 'HealthCheckCanceled' ? 'Normal' : 'Warning',
      reason,
      message,
    );
    return again;
  }

  #write(outcome: string): void {
    const asked = requestedAt(this.#object);
    if (asked !== undefined) this.#status.set({ lastHandledReconcileAt: asked });
    if (this.#digest !== undefined)
      this.#status.history(
        this.#digest,
        outcome,
        this.#parts.cluster.store.now() - this.#began,
        this.#revision,
      );
    this.#status.write();
  }

  #tell(type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.#parts.events.record(this.#object, { type, reason, message, by: BY });
  }

  #source(): KubeObject | undefined {
    return sourceOf(this.#parts.cluster.store, this.#object, this.#spec);
  }

  #broken(): Mischief | undefined {
    const { namespace = '', name } = this.#object.metadata;
    return this.#parts.mischief.get(`${namespace}/${name}`);
  }

  #strike(at: Exclude<Mischief, 'health'>, objects: readonly Manifest[] = []): void {
    if (this.#broken() === at) throw mischiefFailure(at, objects);
  }
}
