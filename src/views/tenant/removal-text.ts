import type { Removal } from '../../domain/tenant-life/edit-draft.ts';
import type { TenantObject } from '../../domain/tenant-life/tenant-standing.ts';
import { clip } from '../clip.ts';
import { someOf } from '../listing.ts';

/** What is said loudly before a tenant goes. */
export const offboardWarning =
  'Deleting a namespace deletes everything in it: workloads, volumes with their data, secrets, also what never stood in this repository. It cannot be undone.';

/** A new name is a new namespace to Kubernetes. */
export const renameWords =
  'A namespace cannot be renamed. To give it another name: onboard the new one, move what runs there, then offboard this one.';

/** Where something goes, when, and what, each a text without markup. */
export function removalWords(removal: Removal): {
  readonly where: string;
  readonly when: string;
  readonly what: string;
} {
  const where = removal.cluster ?? `management cluster ${removal.management}`;
  return {
    where,
    when: removal.prunes
      ? whenText[removal.when]
      : 'stays: its Kustomization does not prune, so somebody has to delete it',
    what: objectsText(removal.objects),
  };
}

const whenText = {
  'at-merge': 'deleted at merge, within a few minutes',
  'next-promotion': 'deleted with the next promotion',
  suspended: 'deleted once its Kustomization or source is resumed; it is suspended now',
  unknown: 'when it is deleted cannot be told, for its source is not declared in the repository',
} as const;

function objectsText(objects: readonly TenantObject[]): string {
  const ordered = objects.toSorted((a, b) => Number(b.kind === 'Namespace') - Number(a.kind === 'Namespace'));
  const names = ordered.map(({ kind, name }) =>
    kind === 'Namespace'
      ? `Namespace ${clip(name, 63)} and everything in it`
      : `${clip(kind, 60)} ${clip(name, 63)}`,
  );
  return names.length === 0 ? 'no object' : someOf(names, 20);
}
