import type { Layout } from '../platform/layout.ts';

/** A file in one of a tenant's folders. */
export interface TenantFolderFile {
  readonly path: string;
  readonly cloud: string;
  /** An environment, or the layout's shared folder. */
  readonly folder: string;
}

/** Whose place a path is; undefined when it stands in no folder of this tenant. */
export function tenantFolderFile(
  path: string,
  name: string,
  { tenants }: Pick<Layout, 'tenants'>,
): TenantFolderFile | undefined {
  if (!path.startsWith(`${tenants}/`)) return undefined;
  const [cloud, folder, tenant, file] = path.slice(tenants.length + 1).split('/');
  const isOurs = tenant === name && file !== undefined && cloud !== undefined && folder !== undefined;
  return isOurs ? { path, cloud, folder } : undefined;
}
