import { readDocuments } from '../platform/documents.ts';
import { isKustomizationFile, isRemote, normalisePath } from '../platform/layout.ts';
import { appliedFiles, type FileIndex, fileIndex } from './applied-files.ts';
import type { EffectsQuestion, RepositoryState } from './effect.ts';

/** A folder whose kustomization file does more than list, before and after a change. */
export interface OverlayToRender {
  readonly folder: string;
  /** Path -> blob id of all that has a say in it; undefined on the side where it is no such folder. */
  readonly before: ReadonlyMap<string, string> | undefined;
  readonly after: ReadonlyMap<string, string> | undefined;
}

/**
 * The overlays that only kustomize itself can render, and that a change makes something else of. Those that take
 * something from outside the repository are not among them, as far as their lists tell.
 */
export function overlaysToRender({
  before,
  after,
}: Pick<EffectsQuestion, 'before' | 'after'>): readonly OverlayToRender[] {
  const [old, fresh] = [fileIndex('before', before), fileIndex('after', after)];
  const folders = new Set([...rootsOf(old), ...rootsOf(fresh)]);
  return [...folders].sort().flatMap((folder) => {
    const [was, will] = [filesOf(folder, old), filesOf(folder, fresh)];
    if (was === 'remote' || will === 'remote' || isSame(was, will)) return [];
    return [{ folder, before: was, after: will }];
  });
}

/** Overlays that some Kustomization applies as they are, none of them within another one. */
function rootsOf(index: FileIndex): readonly string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const enter = (folder: string): void => {
    if (seen.has(folder)) return;
    seen.add(folder);
    const overlay = index.state.platform.overlays.get(folder);
    if (overlay === undefined) {
      for (const below of index.folders.get(folder)?.folders ?? []) if (!below.startsWith('.')) enter(below);
    } else if (overlay.beyond.length > 0) found.add(folder);
    else {
      for (const listed of overlay.listed) {
        const path = isRemote(listed) ? undefined : normalisePath(listed, folder);
        if (path !== undefined && index.state.platform.overlays.has(path)) enter(path);
      }
    }
  };
  for (const { applies } of index.state.platform.kustomizations) enter(applies);
  return [...found];
}

function filesOf(folder: string, index: FileIndex): ReadonlyMap<string, string> | 'remote' | undefined {
  const overlay = index.state.platform.overlays.get(folder);
  if (overlay === undefined || overlay.beyond.length === 0) return undefined;
  const applied = appliedFiles({ applies: folder, alters: {} }, index);
  if ([...applied.values()].includes('remote-base')) return 'remote';
  return new Map([...applied.keys()].map((path) => [path, index.state.oids.get(path) ?? '']));
}

function isSame(
  one: ReadonlyMap<string, string> | undefined,
  other: ReadonlyMap<string, string> | undefined,
): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.size === other.size && [...one].every(([path, oid]) => other.get(path) === oid);
}

/** Fields whose files tell kustomize to load further ones, or to run something. */
const LOADING: readonly string[] = [
  'configurations',
  'crds',
  'generators',
  'helmChartInflationGenerator',
  'helmCharts',
  'helmGlobals',
  'openapi',
  'transformers',
  'validators',
];

/**
 * Whether kustomize would fetch something for these files: it loads whatever an address stands for, in any field.
 *
 * @param files path -> text.
 */
export function reachesOutside(files: ReadonlyMap<string, string>): boolean {
  return [...files].some(([path, text]) => {
    if (!isKustomizationFile(path)) return false;
    const { documents, why } = readDocuments(text);
    return why !== undefined || documents.some((value) => loadsMore(value) || namesOutside(value));
  });
}

function loadsMore(value: unknown): boolean {
  const fields = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return fields.some((field) => LOADING.includes(field));
}

function namesOutside(value: unknown): boolean {
  if (typeof value === 'string') return isRemote(value) || value.includes('://') || value.startsWith('/');
  if (typeof value !== 'object' || value === null) return false;
  // A patch may stand there itself, as text that nothing is loaded for.
  return Object.entries(value).some(([key, one]) => {
    return !(key === 'patch' && typeof one === 'string' && one.includes('\n')) && namesOutside(one);
  });
}

/** What became of an overlay: its objects as YAML on each side where it is one. */
export interface RenderedOverlay {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** A name that no file of a repository has; git knows no such path. */
const RENDERED = '..rendered.yaml';

/**
 * The same question with overlays replaced by what they render to, as if their folders listed one file with that; and
 * the texts of these files by blob id.
 *
 * @param rendered folder -> what it renders to; an overlay that is not in it stays as it is.
 */
export function withRendered(
  { before, after, kustomizations }: EffectsQuestion,
  overlays: readonly OverlayToRender[],
  rendered: ReadonlyMap<string, RenderedOverlay>,
): { readonly question: EffectsQuestion; readonly texts: ReadonlyMap<string, string> } {
  const texts = new Map<string, string>();
  const replace = (state: RepositoryState, side: 'before' | 'after'): RepositoryState => {
    const known = new Map(state.platform.overlays);
    const oids = new Map(state.oids);
    for (const overlay of overlays) {
      const text = rendered.get(overlay.folder)?.[side];
      const standing = known.get(overlay.folder);
      if (text === undefined || standing === undefined || overlay[side] === undefined) continue;
      const oid = `rendered ${side} ${overlay.folder}`;
      texts.set(oid, text);
      known.set(overlay.folder, { ...standing, listed: [RENDERED], beyond: [], mentions: [] });
      oids.set(overlay.folder === '' ? RENDERED : `${overlay.folder}/${RENDERED}`, oid);
    }
    return { platform: { ...state.platform, overlays: known }, oids };
  };
  const [old, fresh] = [replace(before, 'before'), replace(after, 'after')];
  const standing = kustomizations === after.platform ? fresh.platform : kustomizations;
  return { question: { before: old, after: fresh, kustomizations: standing }, texts };
}
