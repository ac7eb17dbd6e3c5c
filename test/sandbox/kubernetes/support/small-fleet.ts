import { Faults } from '../../../../sandbox/faults.ts';
import { type FleetOptions, startFleet } from '../../../../sandbox/kubernetes/fleet.ts';
import type { KubeObject } from '../../../../sandbox/kubernetes/objects.ts';
import type { Plural } from '../../../../sandbox/kubernetes/resources.ts';
import type { Change } from '../../../../sandbox/kubernetes/store.ts';
import { eventually } from '../../../support/eventually.ts';
import { MemoryRepository } from './memory-repository.ts';

interface SeenCondition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** One management cluster over a repository in memory, with Flux that takes next to no time. */
export async function smallFleet(files: Readonly<Record<string, string>>, options: FleetOptions = {}) {
  const repository = new MemoryRepository();
  const commit = repository.commit(files);
  repository.tag('v1', commit);
  const parts = {
    faults: new Faults(),
    repository,
    defaultBranch: 'main',
    cloneUrl: 'http://127.0.0.1:9/git/acme/platform.git',
    now: Date.now,
  };
  const fleet = await startFleet(parts, { timing: { fetchMs: 1, applyMs: 5 }, ...options });
  await fleet.ready;
  const [member] = fleet.members;
  if (!member) throw new Error('there is no management cluster');
  return new SmallFleet(repository, fleet, member);
}

type Started = Awaited<ReturnType<typeof startFleet>>;

export class SmallFleet {
  readonly repository: MemoryRepository;
  readonly fleet: Started;
  readonly flux: Started['members'][number]['flux'];
  readonly store: Started['members'][number]['cluster']['store'];

  constructor(repository: MemoryRepository, fleet: Started, member: Started['members'][number]) {
    this.repository = repository;
    this.fleet = fleet;
    this.flux = member.flux;
    this.store = member.cluster.store;
  }

  object(plural: Plural, name: string, namespace = 'flux-system'): KubeObject {
    const object = this.store.get(plural, namespace, name);
    if (!object) throw new Error(`there is no ${plural} ${namespace}/${name}`);
    return object;
  }

  condition(type: string, name: string, plural: Plural = 'kustomizations'): SeenCondition | undefined {
    const conditions = this.object(plural, name).status?.['conditions'] as
      | readonly SeenCondition[]
      | undefined;
    return conditions?.find((each) => each.type === type);
  }

  /** Asks Flux to look, as the bot does. */
  request(plural: Plural, name: string, at = new Date().toISOString()): void {
    const object = this.object(plural, name);
    const annotations = { ...object.metadata.annotations, 'reconcile.fluxcd.io/requestedAt': at };
    this.store.replace(plural, { ...object, metadata: { ...object.metadata, annotations } });
  }

  spec(plural: Plural, name: string, change: object): void {
    const object = this.object(plural, name);
    this.store.replace(plural, { ...object, spec: { ...object.spec, ...change } });
  }

  /** Fetches `main` and waits until nothing is under way any more. */
  async pull(): Promise<void> {
    this.request('gitrepositories', 'main');
    await this.flux.idle();
  }

  /** Every change of one object's status from now on. */
  record(plural: Plural, name: string): KubeObject[] {
    const seen: KubeObject[] = [];
    this.store.onChange(({ object, plural: of }: Change) => {
      if (of === plural && object.metadata.name === name) seen.push(object);
    });
    return seen;
  }

  until(what: string, holds: () => boolean): Promise<unknown> {
    return eventually(what, holds, 5_000);
  }

  close(): void {
    this.fleet.close();
  }
}
