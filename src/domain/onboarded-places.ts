import type { Policy } from './policy.ts';

/** The clouds and environments that a tenant's files stand in. */
export function onboardedPlaces(
  paths: readonly string[],
  { layout }: Pick<Policy, 'layout'>,
): { readonly clouds: readonly string[]; readonly environments: readonly string[] } {
  const places = paths.flatMap((path) => {
    const [cloud, folder] = path.startsWith(`${layout.tenants}/`)
      ? path.slice(layout.tenants.length + 1).split('/')
      : [];
    return cloud !== undefined && folder !== undefined ? [{ cloud, folder }] : [];
  });
  const folders = places.map(({ folder }) => folder).filter((folder) => folder !== layout.shared);
  return {
    clouds: [...new Set(places.map(({ cloud }) => cloud))].sort(),
    environments: [...new Set(folders)].sort(),
  };
}
