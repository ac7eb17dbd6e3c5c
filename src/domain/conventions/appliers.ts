import { appliedFiles, fileIndex, type Mode } from '../effects/applied-files.ts';
import type { RepositoryState } from '../effects/effect.ts';
import type { FluxKustomization } from '../platform.ts';

/** Which Kustomizations apply which files, and how. */
export interface Appliers {
  /** Each folder once, with what of it is applied how, and one Kustomization that does. */
  readonly sets: readonly { readonly by: FluxKustomization; readonly files: ReadonlyMap<string, Mode> }[];
  /** The namespace that all that apply a file give its objects. */
  targetNamespace(path: string): string | undefined;
  /** Whether some Kustomization applies a file as it stands. */
  isPlain(path: string): boolean;
}

export function appliersOf(state: RepositoryState): Appliers {
  const index = fileIndex('after', state);
  const sets = [
    ...new Map(
      state.platform.kustomizations.map((by) => [
        JSON.stringify([by.applies, by.alters, by.targetNamespace]),
        { by, files: appliedFiles(by, index) },
      ]),
    ).values(),
  ];
  return {
    sets,
    targetNamespace(path) {
      const given = sets.filter(({ files }) => files.has(path)).map(({ by }) => by.targetNamespace);
      const [first] = given;
      return given.every((one) => one === first) ? first : undefined;
    },
    isPlain: (path) => sets.some(({ files }) => files.get(path) === 'plain'),
  };
}
