import { type Altered, appliedFiles, fileIndex, type Mode } from '../effects/applied-files.ts';
import type { RepositoryState } from '../effects/effect.ts';
import { isRemote, normalisePath } from '../platform/layout.ts';
import type { FluxKustomization } from '../platform.ts';

/**
 * What a file is for whoever applies it: applied as it stands; altered on its way, so that it need not say all; a part
 * of an overlay that is no object of its own, such as a patch; or nothing, as far as is known.
 */
export type Role = 'whole' | 'altered' | 'part' | 'none';

/** Which Kustomizations apply which files, and how. */
export interface Appliers {
  /** Each folder once, with what of it is applied how, and one Kustomization that does. */
  readonly sets: readonly { readonly by: FluxKustomization; readonly files: ReadonlyMap<string, Mode> }[];
  /** The namespace that all that apply a file give its objects. */
  targetNamespace(path: string): string | undefined;
  roleOf(path: string): Role;
}

export function appliersOf(state: RepositoryState): Appliers {
  const index = fileIndex('after', state);
  const { kustomizations, overlays } = state.platform;
  const sets = [
    ...new Map(
      kustomizations.map((by) => [
        JSON.stringify([by.applies, by.alters, by.targetNamespace]),
        { by, files: appliedFiles(by, index) },
      ]),
    ).values(),
  ];
  const listed = new Set<string>();
  const altered = new Set<string>();
  const note = (files: ReadonlyMap<string, Mode>) => {
    for (const [path, mode] of files) if (isAltered(mode)) altered.add(path);
  };
  for (const { files } of sets) note(files);
  for (const [folder, overlay] of overlays) {
    for (const each of overlay.listed) {
      const path = isRemote(each) ? undefined : normalisePath(each, folder);
      if (path !== undefined) listed.add(path);
    }
    // An overlay that nothing applies yet alters what it takes all the same.
    if (overlay.beyond.length > 0) note(appliedFiles({ applies: folder, alters: {} }, index));
  }
  const isPlain = (path: string) => sets.some(({ files }) => files.get(path) === 'plain');
  return {
    sets,
    targetNamespace(path) {
      const given = sets.filter(({ files }) => files.has(path)).map(({ by }) => by.targetNamespace);
      const [first] = given;
      return given.every((one) => one === first) ? first : undefined;
    },
    roleOf(path) {
      if (isPlain(path)) return 'whole';
      if (altered.has(path)) return isWithinOverlay(path, listed, state) ? 'altered' : 'part';
      return 'none';
    },
  };
}

function isAltered(mode: Mode): mode is Altered {
  return mode !== 'plain' && mode !== 'listing';
}

/** Listed as a resource, or applied with its whole folder by a Kustomization that alters what it applies. */
function isWithinOverlay(path: string, listed: ReadonlySet<string>, { platform }: RepositoryState): boolean {
  if (listed.has(path)) return true;
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    if (platform.overlays.has(path.slice(0, end))) return false;
  }
  return true;
}
