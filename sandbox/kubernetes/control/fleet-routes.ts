import { z } from 'zod';

import { parse, type Route } from '../../control.ts';
import { Refusal } from '../../json-http.ts';
import type { Outage } from '../cluster.ts';
import type { Fleet } from '../fleet.ts';
import { MISCHIEFS } from '../flux/mischief.ts';
import { isLarge } from '../large.ts';
import type { Member } from '../member.ts';
import type { KubeObject } from '../objects.ts';
import { fleetView } from './fleet-view.ts';

const cluster = z.string();

/** One Kustomization, or all of a namespace. */
const chosen = { cluster, namespace: z.string(), name: z.string().optional() };

const breaking = z.strictObject({ ...chosen, how: z.enum(MISCHIEFS).default('build') });

const mending = z.strictObject({
  ...chosen,
  /** Whether Flux looks at once; otherwise when its retry interval is over, or somebody asks. */
  reconcile: z.boolean().default(true),
});

const suspending = z.strictObject({ ...chosen, suspend: z.boolean() });

const outage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('timeout') }),
  z.strictObject({ kind: z.literal('half-open') }),
  z.strictObject({ kind: z.literal('gone') }),
  z.strictObject({
    kind: z.literal('error'),
    status: z.int().min(400).max(599),
    retryAfter: z.int().min(0).optional(),
  }),
]);

const expiring = z.strictObject({ cluster, how: z.enum(['event', 'status']).default('event') });

const lifecycle = z.strictObject({
  cluster,
  namespace: z.string(),
  name: z.string(),
  phase: z.enum(['Pending', 'Provisioning', 'Provisioned', 'Deleting', 'Failed', 'Unknown']),
  available: z.boolean(),
});

const rolling = z.strictObject({
  count: z.int().min(1).optional(),
  overMs: z.int().min(0).max(3_600_000).optional(),
  revision: z.string().optional(),
});

/** What the control API can do to the clusters, and how they stand. */
export function fleetRoutes(fleet: Fleet): readonly Route[] {
  const view: Route = { method: 'GET', path: '/fleet', answer: () => fleetView(fleet) };
  return [view, ...kustomizationRoutes(fleet), ...clusterRoutes(fleet)];
}

function post<T>(path: string, schema: z.ZodType<T>, answer: (asked: T) => unknown): Route {
  return { method: 'POST', path: `/fleet/${path}`, answer: ({ body }) => answer(parse(schema, body)) };
}

function kustomizationRoutes(fleet: Fleet): readonly Route[] {
  return [
    post('break', breaking, (asked) => {
      const { member, objects } = find(fleet, asked);
      for (const object of objects) member.flux.mischief.set(keyOf(object), asked.how);
      return look(fleet, member, objects);
    }),
    post('mend', mending, (asked) => {
      const { member, objects } = find(fleet, asked);
      for (const object of objects) member.flux.mischief.delete(keyOf(object));
      fleet.changed();
      return asked.reconcile ? look(fleet, member, objects) : objects.map(keyOf);
    }),
    post('suspend', suspending, (asked) => {
      const { member, objects } = find(fleet, asked);
      for (const object of objects) setSuspended(member, object, asked.suspend);
      return objects.map(keyOf);
    }),
    post('roll', rolling, async ({ count, overMs, revision }) => {
      if (!fleet.large) throw new Refusal(409, 'this is for a large fleet only');
      await fleet.large.roll({
        ...(count === undefined ? {} : { count }),
        ...(overMs === undefined ? {} : { overMs }),
        ...(revision === undefined ? {} : { revision }),
      });
      return { rolled: true };
    }),
  ];
}

function clusterRoutes(fleet: Fleet): readonly Route[] {
  return [
    post('outage', z.strictObject({ cluster, outage: outage.nullable() }), (asked) => {
      const wanted = asked.outage === null ? undefined : plain(asked.outage);
      memberOf(fleet, asked.cluster).cluster.setOutage(wanted);
      fleet.changed();
      return asked;
    }),
    post('expire', expiring, (asked) => {
      memberOf(fleet, asked.cluster).cluster.expire(asked.how);
      return asked;
    }),
    post('rights', z.strictObject({ cluster, patch: z.boolean() }), (asked) => {
      memberOf(fleet, asked.cluster).cluster.botMayPatch = asked.patch;
      return asked;
    }),
    post('lifecycle', lifecycle, (asked) => setLifecycle(fleet, asked)),
  ];
}

function memberOf(fleet: Fleet, name: string): Member {
  const member = fleet.member(name);
  if (member) return member;
  const names = fleet.members.map((each) => each.cluster.name).join(', ');
  throw new Refusal(404, `there is no cluster ${name}; there are ${names || 'none'}`);
}

interface Chosen {
  readonly cluster: string;
  readonly namespace: string;
  readonly name?: string | undefined;
}

function find(
  fleet: Fleet,
  asked: Chosen,
): { readonly member: Member; readonly objects: readonly KubeObject[] } {
  const member = memberOf(fleet, asked.cluster);
  const objects = member.cluster.store
    .list('kustomizations')
    .filter(({ metadata }) => metadata.namespace === asked.namespace)
    .filter(({ metadata }) => asked.name === undefined || metadata.name === asked.name);
  if (objects.length > 0) return { member, objects };
  throw new Refusal(
    404,
    `there is no Kustomization ${asked.namespace}/${asked.name ?? '*'} on ${asked.cluster}`,
  );
}

function look(fleet: Fleet, { flux }: Member, objects: readonly KubeObject[]): readonly string[] {
  for (const object of objects) {
    if (isLarge(object)) fleet.large?.touch(keyOf(object));
    else flux.reconcile(keyOf(object));
  }
  fleet.changed();
  return objects.map(keyOf);
}

/** As the `flux` command does it: the field stays, for no manifest has it. */
function setSuspended({ cluster: { store } }: Member, object: KubeObject, suspend: boolean): void {
  store.replace('kustomizations', { ...object, spec: { ...object.spec, suspend } });
}

function setLifecycle(fleet: Fleet, asked: z.infer<typeof lifecycle>): unknown {
  const { cluster: of, flux } = memberOf(fleet, asked.cluster);
  const { namespace, name, phase, available } = asked;
  const plural = of.store.has('clusters', namespace, name) ? 'clusters' : 'clusterdeployments';
  if (!of.store.has(plural, namespace, name))
    throw new Refusal(404, `there is no workload cluster ${namespace}/${name} on ${asked.cluster}`);
  flux.lifecycle.fix(`${plural}/${namespace}/${name}`, { phase, available });
  return asked;
}

function plain(asked: z.infer<typeof outage>): Outage {
  if (asked.kind !== 'error') return asked;
  const { kind, status, retryAfter } = asked;
  return { kind, status, ...(retryAfter === undefined ? {} : { retryAfter }) };
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}
