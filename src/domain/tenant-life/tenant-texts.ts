import type { TenantPlace } from '../platform.ts';
import type { Policy } from '../policy.ts';

/** One folder of a tenant with the texts of its files. */
export interface TenantFolder {
  readonly cloud: string;
  /** An environment, or the layout's shared folder. */
  readonly folder: string;
  /** Path -> text, sorted by path. */
  readonly texts: ReadonlyMap<string, string>;
}

/** The folder that a tenant's place is, such as `tenants/aws/common/sample`. */
export function folderOf({ tenant, cloud, folder }: TenantPlace, { layout }: Pick<Policy, 'layout'>): string {
  return `${layout.tenants}/${cloud}/${folder}/${tenant}`;
}

/** A tenant's folders, from the texts of all files below the layout's tenants. */
export function tenantFolders(
  tenant: string,
  texts: ReadonlyMap<string, string>,
  policy: Pick<Policy, 'layout'>,
): readonly TenantFolder[] {
  const found = new Map<string, { cloud: string; folder: string; texts: Map<string, string> }>();
  for (const [path, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!path.startsWith(`${policy.layout.tenants}/`)) continue;
    const [cloud = '', folder = '', name, ...rest] = path.slice(policy.layout.tenants.length + 1).split('/');
    if (name !== tenant || rest.length === 0) continue;
    const known = found.get(`${cloud}/${folder}`) ?? { cloud, folder, texts: new Map<string, string>() };
    known.texts.set(path, text);
    found.set(`${cloud}/${folder}`, known);
  }
  return [...found.values()];
}
