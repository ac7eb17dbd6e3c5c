import { below } from '../platform/layout.ts';
import { tenantPlaceOf } from '../platform/places.ts';
import { changedPaths } from './changed-paths.ts';
import { textOf } from './convention-state.ts';
import type { ConventionsQuestion } from './conventions.ts';

/** Beside what a pull request changes, so many files are read for what they may declare twice. */
const MOST_NEIGHBOURS = 200;
const MOST_DEFINITIONS = 50;

/** Of these nobody reads a text. */
const binary = /\.(?:png|jpe?g|gif|webp|ico|pdf|zip|t?gz|tar|woff2?|ttf|jar|wasm|mp4)$/i;

/**
 * The blobs whose texts it takes to check a pull request: what it writes; what stands beside that, in the same tenant
 * or feature, where an object could stand twice; definitions of kinds.
 */
export function textsWanted(
  question: Pick<ConventionsQuestion, 'before' | 'after' | 'policy'>,
): readonly { readonly path: string; readonly oid: string }[] {
  const { before, after } = question;
  const { written } = changedPaths(before, after);
  const changed = new Set(written);
  const groups = new Set(written.flatMap((path) => groupOf(path, question) ?? []));
  const others = [...after.oids.keys()].filter((path) => /\.ya?ml$/.test(path) && !changed.has(path));
  const neighbours = others
    .filter((path) => groups.has(groupOf(path, question) ?? ''))
    .slice(0, MOST_NEIGHBOURS);
  const definitions = others
    .filter((path) => /(?:crd|customresourcedefinition)[^/]*$/i.test(path))
    .slice(0, MOST_DEFINITIONS);
  const wanted = [...written.filter((path) => !binary.test(path)), ...neighbours, ...definitions];
  return [...new Set(wanted)].flatMap((path) => {
    const oid = after.oids.get(path);
    return oid === undefined || textOf(path, after, new Map()) !== undefined ? [] : [{ path, oid }];
  });
}

/** What belongs together: a tenant's files in one cloud, a feature's. */
function groupOf(
  path: string,
  { policy: { layout } }: Pick<ConventionsQuestion, 'policy'>,
): string | undefined {
  const place = tenantPlaceOf(path, layout);
  if (place !== undefined) return `tenant ${place.cloud} ${place.tenant}`;
  const [feature, file] = below(path, layout.features) ?? [];
  return feature === undefined || file === undefined ? undefined : `feature ${feature}`;
}
