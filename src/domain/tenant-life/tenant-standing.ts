import { isMap, isSeq } from 'yaml';
import type { Policy } from '../policy.ts';
import { type FoundQuota, type QuotaRefusal, readQuota } from './compute-quota.ts';
import type { TenantFolder } from './tenant-texts.ts';
import { mapAt, textAt, type YamlObject, yamlObjects } from './yaml-objects.ts';

/** A Kubernetes object of a tenant, by the file that declares it. */
export interface TenantObject {
  readonly kind: string;
  readonly name: string;
  readonly path: string;
}

/** What a tenant has in one folder: an environment's, or the shared one of a cloud. */
export interface FolderStanding {
  readonly cloud: string;
  readonly folder: string;
  readonly objects: readonly TenantObject[];
  /** Its compute quota, or why it cannot be told. */
  readonly quota: FoundQuota | QuotaRefusal;
  /** Role that is bound, and the groups that have it. */
  readonly access: readonly { readonly role: string; readonly groups: readonly string[] }[];
  /** Files that cannot be read. */
  readonly unreadable: readonly string[];
}

/** What a tenant has, folder by folder; the shared one of a cloud before its environments. */
export function tenantStanding(
  folders: readonly TenantFolder[],
  { layout }: Pick<Policy, 'layout'>,
): readonly FolderStanding[] {
  const rank = ({ folder }: TenantFolder) => (folder === layout.shared ? 0 : 1);
  return folders
    .toSorted((a, b) => (a.cloud === b.cloud ? rank(a) - rank(b) : a.cloud < b.cloud ? -1 : 1))
    .map(standingOf);
}

function standingOf(folder: TenantFolder): FolderStanding {
  const objects: TenantObject[] = [];
  const access: { role: string; groups: readonly string[] }[] = [];
  const unreadable: string[] = [];
  for (const [path, text] of folder.texts) {
    if (!/\.ya?ml$/.test(path)) continue;
    const file = yamlObjects(text);
    if (file.kind === 'unreadable') {
      unreadable.push(path);
      continue;
    }
    for (const object of file.objects) {
      objects.push({ kind: object.kind, name: object.name, path });
      if (object.kind === 'RoleBinding') access.push(accessOf(object));
    }
  }
  const reading = readQuota(folder);
  const quota = reading.kind === 'found' ? reading.quota : reading.refusal;
  return { cloud: folder.cloud, folder: folder.folder, objects, quota, access, unreadable };
}

function accessOf({ node, name }: YamlObject): { role: string; groups: readonly string[] } {
  const role = mapAt(node, 'roleRef');
  const subjects = node.get('subjects', true);
  const groups = (isSeq(subjects) ? subjects.items : []).flatMap((subject) => {
    const group = isMap(subject) && textAt(subject, 'kind') === 'Group' ? textAt(subject, 'name') : undefined;
    return group === undefined ? [] : [group];
  });
  return { role: (role && textAt(role, 'name')) ?? name, groups };
}

/** Folders in which a tenant has a quota that can be changed. */
export function quotasOf(standing: readonly FolderStanding[]): readonly FoundQuota[] {
  return standing.flatMap(({ quota }) => ('code' in quota ? [] : [quota]));
}
