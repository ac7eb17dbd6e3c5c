import { below } from './platform/layout.ts';
import type { FluxKustomization, Platform, Source } from './platform.ts';

/** When what a Kustomization applies reaches its cluster. */
export type When = 'at-merge' | 'next-promotion' | 'suspended' | 'unknown';

export interface Delivery {
  readonly when: When;
  /** What its source follows, such as the tag that production runs; undefined when the source is not known. */
  readonly follows: Source['ref'] | undefined;
}

/** @returns for a Kustomization how it delivers; undefined when what it applies is of another repository. */
export function deliveriesOf(platform: Platform): (kustomization: FluxKustomization) => Delivery | undefined {
  const own = ownUrls(platform);
  return (kustomization) => {
    const source = findSource(kustomization, platform);
    if (!isAboutUs(kustomization, source, own)) return undefined;
    return { when: whenFor(kustomization, source, platform), follows: source?.ref };
  };
}

/** The Kustomizations that take files of this repository from a source. */
export function followersOf(source: Source, platform: Platform): readonly FluxKustomization[] {
  const deliveryOf = deliveriesOf(platform);
  return platform.kustomizations.filter(
    (kustomization) =>
      findSource(kustomization, platform) === source && deliveryOf(kustomization) !== undefined,
  );
}

/** Sources of one name may stand on several management clusters; a Kustomization sees those beside it only. */
export function findSource(kustomization: FluxKustomization, platform: Platform): Source | undefined {
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
