import { isRemote, normalisePath } from '../platform/layout.ts';
import type { FluxKustomization, Overlay } from '../platform.ts';
import type { NotRenderedWhy, RepositoryState } from './effect.ts';

/** Why what a file says is not what reaches the cluster. */
export type Altered = Extract<NotRenderedWhy, 'overlay' | 'remote-base' | 'missing-resource' | 'patched'>;

/** How a Kustomization takes a file: applied as it stands, as the list of what is applied, or altered on its way. */
export type Mode = 'plain' | 'listing' | Altered;

/** A repository's files as folders, made once for any number of questions. */
export interface FileIndex {
  readonly at: 'before' | 'after';
  readonly state: RepositoryState;
  readonly folders: ReadonlyMap<string, Folder>;
  /** What was found out before; clusters apply the same folders. */
  readonly applied: Map<string, ReadonlyMap<string, Mode>>;
}

interface Folder {
  readonly files: string[];
  readonly folders: string[];
}

export function fileIndex(at: FileIndex['at'], state: RepositoryState): FileIndex {
  const folders = new Map<string, Folder>([['', { files: [], folders: [] }]]);
  const folderOf = (path: string): Folder => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const made: Folder = { files: [], folders: [] };
    folders.set(path, made);
    folderOf(parentOf(path)).folders.push(path);
    return made;
  };
  for (const path of state.oids.keys()) folderOf(parentOf(path)).files.push(path);
  return { at, state, folders, applied: new Map() };
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

interface Walk {
  readonly index: FileIndex;
  readonly found: Map<string, Mode>;
  readonly seen: Set<string>;
}

/**
 * The files that decide what a Kustomization applies: a folder with a kustomization file applies what that lists, one
 * without applies all YAML below it, where each folder with a kustomization file counts as a whole.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#generating-a-kustomizationyaml-file
 */
export function appliedFiles(
  { applies, alters }: Pick<FluxKustomization, 'applies' | 'alters'>,
  index: FileIndex,
): ReadonlyMap<string, Mode> {
  const key = JSON.stringify([applies, alters]);
  const known = index.applied.get(key);
  if (known !== undefined) return known;
  const walk: Walk = { index, found: new Map(), seen: new Set() };
  index.applied.set(key, walk.found);
  // Labels and annotations for all objects alike hide no difference between two versions of one.
  const patched = Object.keys(alters).some((field) => field !== 'commonMetadata');
  enter(applies, patched ? 'patched' : undefined, walk);
  const components = alters['components'];
  if (components !== undefined) mention(textsOf(components), applies, 'patched', walk);
  return walk.found;
}

function textsOf(json: string): readonly string[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function enter(folder: string, altered: Altered | undefined, walk: Walk): void {
  const key = `${altered ?? ''} ${folder}`;
  if (walk.seen.has(key)) return;
  walk.seen.add(key);
  const overlay = walk.index.state.platform.overlays.get(folder);
  if (overlay === undefined) scan(folder, altered, walk);
  else follow(folder, overlay, altered, walk);
}

/** Flux passes over what stands in hidden folders at the root, such as `.github`. */
function scan(folder: string, altered: Altered | undefined, walk: Walk): void {
  const { files, folders } = walk.index.folders.get(folder) ?? { files: [], folders: [] };
  for (const path of files) {
    if (/\.ya?ml$/.test(path) && !path.startsWith('.')) put(path, altered ?? 'plain', walk);
  }
  for (const below of folders) if (!below.startsWith('.')) enter(below, altered, walk);
}

function follow(folder: string, overlay: Overlay, outer: Altered | undefined, walk: Walk): void {
  const { platform, oids } = walk.index.state;
  const paths = overlay.listed.map((listed) =>
    isRemote(listed) ? undefined : normalisePath(listed, folder),
  );
  const isThere = (path: string) => oids.has(path) || platform.overlays.has(path);
  const altered = outer ?? alteredBy(overlay, paths, isThere);
  put(overlay.file, altered ?? 'listing', walk);
  for (const path of paths) {
    if (path === undefined) continue;
    if (platform.overlays.has(path)) enter(path, altered, walk);
    else if (oids.has(path)) put(path, altered ?? 'plain', walk);
  }
  if (altered !== undefined) mention(overlay.mentions, folder, altered, walk);
}

/** With something missing kustomize builds nothing at all. */
function alteredBy(
  { listed, beyond }: Overlay,
  paths: readonly (string | undefined)[],
  isThere: (path: string) => boolean,
): Altered | undefined {
  if (listed.some(isRemote)) return 'remote-base';
  if (beyond.length > 0) return 'overlay';
  return paths.every((path) => path !== undefined && isThere(path)) ? undefined : 'missing-resource';
}

/** Patches, generators and components: what is named and stands in the repository has a say, whatever its kind. */
function mention(texts: readonly string[], from: string, altered: Altered, walk: Walk): void {
  for (const text of texts) {
    const path = isRemote(text) ? undefined : normalisePath(text, from);
    if (path === undefined || path === '' || path === from) continue;
    if (walk.index.state.oids.has(path)) put(path, altered, walk);
    else if (walk.index.folders.has(path)) enter(path, altered, walk);
  }
}

/** A file that is taken in two ways counts as altered, for then nothing can be told of it. */
function put(path: string, mode: Mode, { found }: Walk): void {
  const known = found.get(path);
  if (known === undefined || rank(mode) < rank(known)) found.set(path, mode);
}

const ranks: readonly Mode[] = ['remote-base', 'overlay', 'patched', 'missing-resource', 'listing', 'plain'];

function rank(mode: Mode): number {
  return ranks.indexOf(mode);
}
