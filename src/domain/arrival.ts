import { deliveriesOf, type When } from './delivery.ts';
import { overlayIndex, reaches } from './platform/reach.ts';
import type { Platform, Source } from './platform.ts';

/** When files of a pull request reach a cluster, or that nothing takes them anywhere. */
export type Arrival =
  | {
      readonly when: When;
      /** A workload cluster's name; undefined for the management cluster itself. */
      readonly cluster: string | undefined;
      /** The management cluster's folder, such as `providers/aws/v1/mgmt`. */
      readonly management: string;
      readonly files: readonly string[];
      /** `namespace/name` of each Kustomization that applies them. */
      readonly through: readonly string[];
      /** What their source follows, such as the tag that production runs; undefined when the source is not known. */
      readonly follows: Source['ref'] | undefined;
    }
  | { readonly when: 'none'; readonly files: readonly string[] };

type ClusterArrival = Extract<Arrival, { readonly cluster: unknown }>;

/**
 * Works out when files that a pull request adds reach which cluster, from the repository's Kustomizations.
 * @param files paths in the repository.
 * @returns one entry per cluster and time; last, under `none`, the files that no Kustomization applies.
 */
export function arrivals(files: readonly string[], platform: Platform): readonly Arrival[] {
  const found = new Map<string, ClusterArrival>();
  const reached = new Set<string>();
  const deliveryOf = deliveriesOf(platform);
  const overlays = overlayIndex(platform);
  for (const kustomization of platform.kustomizations) {
    const delivery = deliveryOf(kustomization);
    if (delivery === undefined) continue;
    const mine = files.filter((file) => reaches(kustomization.applies, file, overlays));
    if (mine.length === 0) continue;
    for (const file of mine) reached.add(file);
    const { when, follows } = delivery;
    const key = JSON.stringify([kustomization.management, kustomization.cluster, when, follows]);
    const before = found.get(key);
    found.set(key, {
      when,
      cluster: kustomization.cluster,
      management: kustomization.management,
      files: files.filter((file) => mine.includes(file) || before?.files.includes(file)),
      through: [...(before?.through ?? []), `${kustomization.namespace}/${kustomization.name}`],
      follows,
    });
  }
  const lost = files.filter((file) => !reached.has(file));
  return [
    ...[...found.values()].sort(byCluster),
    ...(lost.length > 0 ? [{ when: 'none', files: lost } as const] : []),
  ];
}

function byCluster(a: ClusterArrival, b: ClusterArrival): number {
  return `${a.cluster ?? ''} ${a.management}`.localeCompare(`${b.cluster ?? ''} ${b.management}`, 'en');
}
