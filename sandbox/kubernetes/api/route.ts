import { type Installed, type Resource, resourcesOf, versionsOf } from '../resources.ts';

/** What a path names, whether or not there is such a thing. */
export interface Named {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  /** Missing for all namespaces, and for what is in none. */
  readonly namespace?: string;
  /** Missing for a list. */
  readonly name?: string;
  readonly subresource?: string;
}

/** A path to objects that the cluster serves. */
export interface Place extends Named {
  readonly resource: Resource;
}

/**
 * Reads `/apis/<group>/<version>[/namespaces/<namespace>]/<plural>[/<name>[/status]]`, and `/api/v1/…` for the core
 * group; undefined for any other path.
 */
export function namedBy(path: string): Named | undefined {
  const [root, ...parts] = path
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  if (root !== 'api' && root !== 'apis') return undefined;
  const [group = '', version = ''] = root === 'api' ? ['', parts[0]] : parts;
  const rest = parts.slice(root === 'api' ? 1 : 2);
  const inside = rest[0] === 'namespaces' && rest.length >= 3 && rest[2] !== 'status' ? rest[1] : undefined;
  const [plural = '', name, subresource, ...more] = inside === undefined ? rest : rest.slice(2);
  if (plural === '' || more.length > 0) return undefined;
  return {
    group,
    version,
    plural,
    ...(inside === undefined ? {} : { namespace: inside }),
    ...(name === undefined ? {} : { name }),
    ...(subresource === undefined ? {} : { subresource }),
  };
}

/** What is named, if the cluster serves it. */
export function placeOf(installed: Installed, named: Named): Place | undefined {
  const { group, version, plural, namespace, subresource } = named;
  if (!versionsOf(installed, group).includes(version)) return undefined;
  const resource = resourcesOf(group).find((each) => each.plural === plural);
  if (!resource || (namespace !== undefined && !resource.namespaced)) return undefined;
  if (subresource !== undefined && !(subresource === 'status' && resource.status)) return undefined;
  return { ...named, resource };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
