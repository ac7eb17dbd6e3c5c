import type { Platform } from '../platform.ts';
import { isBelow, isRemote, normalisePath } from './layout.ts';

/** An index of a platform's overlays; good for any number of questions. */
export function overlayIndex({ overlays }: Platform): OverlayIndex {
  return { listed: overlays, outermost: new Map() };
}

/**
 * Whether applying a folder applies a file. A folder with a kustomization file applies what that lists; one without
 * applies all below it, where each folder with a kustomization file counts as a whole.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#generating-a-kustomizationyaml-file
 */
export function reaches(
  folder: string,
  file: string,
  overlays: OverlayIndex,
  seen: readonly string[] = [],
): boolean {
  if (seen.includes(folder)) return false;
  const now = [...seen, folder];
  const listed = overlays.listed.get(folder);
  if (listed === undefined) {
    if (isBelow(file, folder) && !isWithinOverlay(file, folder, overlays)) return true;
    return outermost(folder, overlays).some((overlay) => reaches(overlay, file, overlays, now));
  }
  return listed.listed.some((resource) => {
    const path = isRemote(resource) ? undefined : normalisePath(resource, folder);
    if (path === undefined) return false;
    return path === file || (overlays.listed.has(path) && reaches(path, file, overlays, now));
  });
}

/** The repository's overlays, and what was found out about them. */
export interface OverlayIndex {
  readonly listed: Platform['overlays'];
  /** Folder -> the folders below it that have a kustomization file and stand in none that has; filled as asked. */
  readonly outermost: Map<string, readonly string[]>;
}

function outermost(folder: string, overlays: OverlayIndex): readonly string[] {
  const known = overlays.outermost.get(folder);
  if (known !== undefined) return known;
  const found = [...overlays.listed.keys()].filter(
    (overlay) => isBelow(overlay, folder) && !isWithinOverlay(overlay, folder, overlays),
  );
  overlays.outermost.set(folder, found);
  return found;
}

/** Whether a folder between the two has a kustomization file. */
function isWithinOverlay(path: string, folder: string, { listed }: OverlayIndex): boolean {
  let parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  while (isBelow(parent, folder)) {
    if (listed.has(parent)) return true;
    parent = parent.slice(0, Math.max(0, parent.lastIndexOf('/')));
  }
  return false;
}
