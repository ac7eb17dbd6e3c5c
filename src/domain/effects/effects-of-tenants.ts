import type { Effect } from './effect.ts';

/** The part of effects that concerns the tenants of these names; of the files those that it comes from. */
export function effectsOfTenants(all: readonly Effect[], names: readonly string[]): readonly Effect[] {
  const wanted = new Set(names);
  const isTheirs = ({ tenant }: { readonly tenant: string | undefined }) =>
    tenant !== undefined && wanted.has(tenant);
  return all.flatMap((effect) => {
    const objects = effect.objects.filter(isTheirs);
    const notRendered = effect.notRendered.filter(isTheirs);
    if (objects.length + notRendered.length === 0) return [];
    const paths = new Set([...objects, ...notRendered].map(({ path }) => path));
    return [{ ...effect, files: effect.files.filter((path) => paths.has(path)), objects, notRendered }];
  });
}
