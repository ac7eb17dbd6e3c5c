import { type Delivery, deliveriesOf } from '../delivery.ts';
import type { Effect, RepositoryState } from '../effects/effect.ts';
import type { FluxKustomization, Platform } from '../platform.ts';

/**
 * The effects that arrive as soon as a change merges, told with that time. What stands on the cluster when the change
 * arrives is what was declared before it: a change that suspends what brings it, or has it follow something else, is
 * still applied once, whole.
 */
export function arrivingAtOnce(
  effects: readonly Effect[],
  before: RepositoryState,
  after: RepositoryState,
): readonly Effect[] {
  const standing = standingDeliveries(before.platform);
  const left = standingDeliveries(after.platform);
  const at = effects.flatMap((effect): readonly Effect[] => {
    const { objects, notRendered } = effect;
    if (objects.length + notRendered.length === 0) return [];
    const key = keyOf(effect);
    const found = [...(standing.get(key) ?? []), ...(left.get(key) ?? [])].find(isAtOnce);
    if (isAtOnce(effect)) return [effect];
    return found === undefined ? [] : [{ ...effect, when: found.when }];
  });
  return [...at, ...strayed(before.platform, after.platform)];
}

/** Kustomizations that applied this repository's files, and by their new source's address apply others'. */
function strayed(before: Platform, after: Platform): readonly Effect[] {
  const [was, will] = [deliveriesOf(before), deliveriesOf(after)];
  const old = new Map(before.kustomizations.map((one) => [keyOfKustomization(one), one]));
  return after.kustomizations.flatMap((one): readonly Effect[] => {
    const known = old.get(keyOfKustomization(one));
    const delivered = known && was(known);
    if (delivered === undefined || will(one) !== undefined) return [];
    const { cluster, management, file: path, namespace, name } = one;
    return [
      {
        when: 'unknown',
        follows: delivered.follows,
        kustomization: `${namespace}/${name}`,
        cluster,
        management,
        files: [path],
        objects: [],
        notRendered: [{ path, why: 'other-source', tenant: undefined }],
      },
    ];
  });
}

function isAtOnce({ when }: Pick<Delivery, 'when'>): boolean {
  return when === 'at-merge' || when === 'unknown';
}

/**
 * How each Kustomization delivers by all of its declarations. Where it or its source is declared twice, nobody can tell
 * which of them is applied.
 */
function standingDeliveries(platform: Platform): ReadonlyMap<string, readonly Delivery[]> {
  const deliveryOf = deliveriesOf(platform);
  const found = new Map<string, readonly Delivery[]>();
  for (const one of platform.kustomizations) {
    const key = keyOfKustomization(one);
    const delivery = deliveryOf(one);
    if (delivery === undefined) continue;
    const unsure = found.has(key) || sourcesOf(one, platform) > 1;
    const own: Delivery = unsure ? { when: 'unknown', follows: delivery.follows } : delivery;
    found.set(key, [...(found.get(key) ?? []), own]);
  }
  return found;
}

function sourcesOf({ management, source }: FluxKustomization, { sources }: Platform): number {
  return sources.filter(
    ({ namespace, name, path }) =>
      name === source.name &&
      namespace === source.namespace &&
      (management === '' || path.startsWith(`${management}/`)),
  ).length;
}

function keyOf({ cluster, management, kustomization }: Effect): string {
  return JSON.stringify([cluster ?? '', management, kustomization]);
}

function keyOfKustomization({ cluster, management, namespace, name }: FluxKustomization): string {
  return JSON.stringify([cluster ?? '', management, `${namespace}/${name}`]);
}
