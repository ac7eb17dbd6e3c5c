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
  const overlays = { listed: platform.overlays, outermost: new Map() };
  for (const kustomization of platform.kustomizations) {
    const source = findSource(kustomization, platform);
    if (!isAboutUs(kustomization, source, own)) continue;
    const mine = files.filter((file) => reaches(kustomization.applies, file, overlays));
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
function reaches(folder: string, file: string, overlays: Overlays, seen: readonly string[] = []): boolean {
  if (seen.includes(folder)) return false;
  const now = [...seen, folder];
  const listed = overlays.listed.get(folder);
  if (listed === undefined) {
    if (isBelow(file, folder) && !isWithinOverlay(file, folder, overlays)) return true;
    return outermost(folder, overlays).some((overlay) => reaches(overlay, file, overlays, now));
  }
  return listed.some((resource) => {
    const path = /^[a-z+]+:\/\//i.test(resource) ? undefined : normalisePath(resource, folder);
    if (path === undefined) return false;
    return path === file || (overlays.listed.has(path) && reaches(path, file, overlays, now));
  });
}

interface Overlays {
  readonly listed: Platform['overlays'];
  /** Folder -> the folders below it that have a kustomization file and stand in none that has; filled as asked. */
  readonly outermost: Map<string, readonly string[]>;
}

function outermost(folder: string, overlays: Overlays): readonly string[] {
  const known = overlays.outermost.get(folder);
  if (known !== undefined) return known;
  const found = [...overlays.listed.keys()].filter(
    (overlay) => isBelow(overlay, folder) && !isWithinOverlay(overlay, folder, overlays),
  );
  overlays.outermost.set(folder, found);
  return found;
}

/** Whether a folder between the two has a kustomization file. */
function isWithinOverlay(path: string, folder: string, { listed }: Overlays): boolean {
  let parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  while (isBelow(parent, folder)) {
    if (listed.has(parent)) return true;
    parent = parent.slice(0, Math.max(0, parent.lastIndexOf('/')));
  }
  return false;
}

function isBelow(path: string, folder: string): boolean {
  return folder === '' ? path !== '' : path.startsWith(`${folder}/`);
}
