import { below, normalisePath } from './platform/layout.ts';
import type { FluxKustomization, Platform, Source } from './platform.ts';

export type When = 'at-merge' | 'next-promotion' | 'suspended' | 'unknown';

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
  const own = ownUrls(platform);
  for (const kustomization of platform.kustomizations) {
    const source = findSource(kustomization, platform);
    if (!isAboutUs(kustomization, source, own)) continue;
    const mine = files.filter((file) => reaches(kustomization.applies, file, platform));
    if (mine.length === 0) continue;
    for (const file of mine) reached.add(file);
    const when = whenFor(kustomization, source, platform);
    const key = JSON.stringify([kustomization.management, kustomization.cluster, when, source?.ref]);
    const before = found.get(key);
    found.set(key, {
      when,
      cluster: kustomization.cluster,
      management: kustomization.management,
      files: files.filter((file) => mine.includes(file) || before?.files.includes(file)),
      through: [...(before?.through ?? []), `${kustomization.namespace}/${kustomization.name}`],
      follows: source?.ref,
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

/** Sources of one name may stand on several management clusters; a Kustomization sees those beside it only. */
function findSource(kustomization: FluxKustomization, platform: Platform): Source | undefined {
  if (kustomization.source.kind !== 'GitRepository') return undefined;
  return platform.sources.find(
    (source) =>
      source.name === kustomization.source.name &&
      source.namespace === kustomization.source.namespace &&
      (source.path.startsWith(`${kustomization.management}/`) || kustomization.management === ''),
  );
}

/**
 * The addresses that are this repository's: a Kustomization that applies the file it stands in proves that its source
 * is this repository. Empty when none does.
 */
function ownUrls(platform: Platform): ReadonlySet<string> {
  const urls = platform.kustomizations
    .filter(({ applies, file }) => applies !== '' && below(file, applies) !== undefined)
    .flatMap((kustomization) => findSource(kustomization, platform)?.url ?? []);
  return new Set(urls);
}

/** A source known to be another repository says nothing about our paths; one not known only where it names a path. */
function isAboutUs(
  kustomization: FluxKustomization,
  source: Source | undefined,
  own: ReadonlySet<string>,
): boolean {
  if (source === undefined) return kustomization.applies !== '';
  return source.url === undefined || own.size === 0 || own.has(source.url);
}

function whenFor(kustomization: FluxKustomization, source: Source | undefined, platform: Platform): When {
  if (kustomization.suspended || source?.suspended) return 'suspended';
  if (source === undefined) return 'unknown';
  return source.ref.kind === 'branch' && source.ref.branch === platform.defaultBranch
    ? 'at-merge'
    : 'next-promotion';
}

/**
 * Whether applying a folder applies a file. A folder with a kustomization file applies what that lists; one without
 * applies all below it, where each folder with a kustomization file counts as a whole.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#generating-a-kustomizationyaml-file
 */
function reaches(
  folder: string,
  file: string,
  platform: Platform,
  seen: ReadonlySet<string> = new Set(),
): boolean {
  if (seen.has(folder)) return false;
  const now = new Set([...seen, folder]);
  const listed = platform.overlays.get(folder);
  if (listed !== undefined) {
    return listed.some((resource) => {
      const path = /^[a-z+]+:\/\//i.test(resource) ? undefined : normalisePath(resource, folder);
      if (path === undefined) return false;
      return path === file || (platform.overlays.has(path) && reaches(path, file, platform, now));
    });
  }
  const within = [...platform.overlays.keys()].filter((overlay) => isBelow(overlay, folder));
  const outermost = within.filter(
    (overlay) => !within.some((other) => other !== overlay && isBelow(overlay, other)),
  );
  if (isBelow(file, folder) && !outermost.some((overlay) => isBelow(file, overlay))) return true;
  return outermost.some((overlay) => reaches(overlay, file, platform, now));
}

function isBelow(path: string, folder: string): boolean {
  return folder === '' ? path !== '' : path.startsWith(`${folder}/`);
}
