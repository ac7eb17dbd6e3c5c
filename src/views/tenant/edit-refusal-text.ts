import type { EditRefusal } from '../../domain/tenant-life/edit-draft.ts';
import { clip } from '../clip.ts';
import { someOf } from '../listing.ts';
import { refusalText } from '../refusal-text.ts';

/** Why a change of a tenant cannot be made and what to do about it: one or two sentences without markup. */
export function editRefusalText(refusal: EditRefusal): string {
  switch (refusal.code) {
    case 'tenant-unknown':
      return 'The repository has no tenant of this name.';
    case 'ports-same':
      return 'These ports are open already, exactly so. There is nothing to change.';
    case 'ports-by-hand':
      return `These files were changed by hand: ${paths(refusal.paths)}. Please change them in a pull request of your own.`;
    case 'folder-listed':
      return `${clip(refusal.path, 200)} lists the files of this folder. Please change both in a pull request of your own.`;
    case 'place-gone':
      return `It does not stand in ${refusal.cloud}, ${refusal.folder} any more.`;
    case 'nothing-chosen':
      return 'Choose at least one place whose quota changes.';
    case 'nothing-changes':
      return 'It has these figures already, so there is nothing to change.';
    case 'quota-missing':
      return `No file in ${refusal.cloud}, ${refusal.folder} holds a compute quota. Please add one in a pull request of your own.`;
    case 'quota-twice':
      return `Several quotas name the same figures: ${paths(refusal.paths)}. Only a person can tell which is meant.`;
    case 'quota-by-hand':
      return `${clip(refusal.path, 200)} is written in a way that only a person can change safely (an anchor, an alias or a text block). Please open a pull request of your own.`;
    case 'file-unreadable':
      return `${clip(refusal.path, 200)} is not sound YAML (${clip(refusal.why, 150)}). Please mend it first.`;
    case 'tenant-unreadable':
      return `These files are not sound YAML, so nobody can say what would be deleted: ${paths(refusal.paths)}. Please mend them first.`;
    case 'still-referenced':
      return `Other files still refer to it, and Flux or kustomize would fail: ${paths(refusal.paths)}. Please take it out of them first.`;
    default:
      return refusalText(refusal);
  }
}

function paths(all: readonly string[]): string {
  return someOf(
    all.map((path) => clip(path, 120)),
    5,
  );
}
