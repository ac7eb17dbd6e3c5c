import { groupVersion, type Manifest } from '../objects.ts';

export interface Entry {
  readonly id: string;
  /** The version in which it was applied. */
  readonly v: string;
}

export interface Identity {
  readonly namespace: string;
  readonly name: string;
  readonly group: string;
  readonly kind: string;
}

/** `namespace_name_group_kind`; a colon in the name of a role is written as two underscores. */
export function idOf({
  apiVersion,
  kind,
  metadata,
}: Pick<Manifest, 'apiVersion' | 'kind' | 'metadata'>): string {
  const name = metadata.name.replaceAll(':', '__');
  return `${metadata.namespace ?? ''}_${name}_${groupVersion(apiVersion).group}_${kind}`;
}

export function entriesOf(objects: readonly Manifest[]): readonly Entry[] {
  return objects.map((object) => ({ id: idOf(object), v: groupVersion(object.apiVersion).version }));
}

/** What an id names. Neither namespaces, groups nor kinds have an underscore. */
export function identityOf(id: string): Identity {
  const [namespace = '', ...rest] = id.split('_');
  const kind = rest.pop() ?? '';
  const group = rest.pop() ?? '';
  return { namespace, name: rest.join('_').replaceAll('__', ':'), group, kind };
}
