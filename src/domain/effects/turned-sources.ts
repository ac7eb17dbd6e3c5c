import { followersOf } from '../delivery.ts';
import { canonicalJson } from '../platform/canonical.ts';
import { managementFolder } from '../platform/layout.ts';
import type { FluxKustomization, Platform, Source } from '../platform.ts';

/** A source that is turned to another tag, branch or repository, as a promotion does. */
export interface TurnedSource {
  readonly before: Source;
  readonly after: Source;
  /** The management cluster's folder. */
  readonly management: string;
  /** What gets its files from there. */
  readonly kustomizations: readonly FluxKustomization[];
}

/**
 * Finds the sources that a change turns. What that does to clusters is not in the files of the change: it is the
 * effects from what the source named before to what it names now.
 */
export function turnedSources(before: Platform, after: Platform): readonly TurnedSource[] {
  const known = new Map(before.sources.map((source) => [keyOf(source, before), source]));
  return after.sources.flatMap((source) => {
    const old = known.get(keyOf(source, after));
    if (old === undefined || bringsOf(old) === bringsOf(source)) return [];
    const kustomizations = followersOf(source, after);
    const management = managementFolder(source.path, after.layout);
    return kustomizations.length === 0 ? [] : [{ before: old, after: source, management, kustomizations }];
  });
}

function keyOf({ namespace, name, path }: Source, { layout }: Platform): string {
  return JSON.stringify([managementFolder(path, layout), namespace, name]);
}

function bringsOf({ ref, url }: Source): string {
  return canonicalJson([ref, url]);
}
