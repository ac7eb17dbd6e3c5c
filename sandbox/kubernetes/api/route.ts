import { type Installed, type Resource, resourcesOf, versionsOf } from '../resources.ts';

/** A path to objects, understood. */
export interface Place {
  readonly resource: Resource;
  readonly version: string;
  /** Missing for all namespaces, and for what is in none. */
  readonly namespace?: string;
  /** Missing for a list. */
  readonly name?: string;
  readonly subresource?: string;
}

/**
 * Which objects a path below a cluster's address is about; undefined when the cluster serves no such.
 *
 * `/apis/<group>/<version>[/namespaces/<namespace>]/<plural>[/<name>[/status]]`, and `/api/v1/…` for the core group.
 */
export function placeOf(installed: Installed, path: string): Place | undefined {
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  const core = parts[0] === 'api';
  if (!core && parts[0] !== 'apis') return undefined;
  const [group = '', version = ''] = core ? ['', parts[1]] : parts.slice(1);
  if (!versionsOf(installed, group).includes(version)) return undefined;
  const rest = parts.slice(core ? 2 : 3);
  const inside = rest[0] === 'namespaces' && rest.length >= 3 && rest[2] !== 'status' ? rest[1] : undefined;
  const [plural, name, subresource, ...more] = inside === undefined ? rest : rest.slice(2);
  const resource = resourcesOf(group).find((each) => each.plural === plural);
  if (!resource || more.length > 0 || (inside !== undefined && !resource.namespaced)) return undefined;
  if (subresource !== undefined && !(subresource === 'status' && resource.status)) return undefined;
  return {
    resource,
    version,
    ...(inside === undefined ? {} : { namespace: inside }),
    ...(name === undefined ? {} : { name }),
    ...(subresource === undefined ? {} : { subresource }),
  };
}

/** The resource that stands in a path which the cluster does not serve, for a refusal before the 404. */
export function namedIn(path: string): { readonly group: string; readonly plural: string } {
  const parts = path.split('/').filter((part) => part !== '');
  const core = parts[0] === 'api';
  const rest = parts.slice(core ? 2 : 3);
  const plural = (rest[0] === 'namespaces' && rest.length >= 3 ? rest[2] : rest[0]) ?? '';
  return { group: core ? '' : (parts[1] ?? ''), plural };
}
