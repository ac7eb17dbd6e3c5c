import type { FluxKustomization } from '../platform.ts';
import { appliedFiles, type Mode } from './applied-files.ts';
import type { NotRenderedWhy } from './effect.ts';
import { isFolderMissing, type Side, type Step } from './steps.ts';

/** What a step makes of the files, before any of them is read. */
export interface Differences {
  /** Every file that is another one than before, is taken in another way, or means something else. */
  readonly paths: readonly string[];
  /** The files to compare: blob ids, undefined on the side where the file is not applied. */
  readonly toCompare: readonly FilePair[];
  readonly notRendered: readonly { readonly path: string; readonly why: NotRenderedWhy }[];
}

export interface FilePair {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What differs between the files of two sides. */
export function differencesOf({ from, to }: Pick<Step, 'from' | 'to'>): Differences {
  const [old, fresh] = [filesOf(from), filesOf(to)];
  const paths: string[] = [];
  const toCompare: FilePair[] = [];
  const notRendered: { path: string; why: NotRenderedWhy }[] = [];
  const meansOther = isInOtherNamespace(from, to);
  for (const path of [...new Set([...old.keys(), ...fresh.keys()])]) {
    const [before, after] = [oidOf(path, old, from), oidOf(path, fresh, to)];
    const [oldMode, newMode] = [old.get(path), fresh.get(path)];
    const isSame = before === after && oldMode === newMode;
    if (isSame && !meansOther) continue;
    paths.push(path);
    const why = alteredIn(oldMode, newMode);
    if (why === undefined) {
      const pair = {
        path,
        before: oldMode === 'plain' ? before : undefined,
        after: newMode === 'plain' ? after : undefined,
      };
      toCompare.push(pair);
    } else if (before !== after || meansOther || oldMode === 'listing' || newMode === 'listing') {
      notRendered.push({ path, why });
    }
  }
  return {
    paths,
    toCompare: withoutRenamed(toCompare.sort(byPath), from?.kustomization, to?.kustomization),
    notRendered,
  };
}

/** The same words then declare other objects. */
function isInOtherNamespace(from: Side | undefined, to: Side | undefined): boolean {
  return (
    from !== undefined &&
    to !== undefined &&
    from.kustomization.targetNamespace !== to.kustomization.targetNamespace
  );
}

function filesOf(side: Side | undefined): ReadonlyMap<string, Mode> {
  return side === undefined ? new Map() : appliedFiles(side.kustomization, side.index);
}

function oidOf(path: string, files: ReadonlyMap<string, Mode>, side: Side | undefined): string | undefined {
  return files.has(path) ? side?.index.state.oids.get(path) : undefined;
}

function alteredIn(...modes: readonly (Mode | undefined)[]): NotRenderedWhy | undefined {
  for (const mode of modes) if (mode !== undefined && mode !== 'plain' && mode !== 'listing') return mode;
  return undefined;
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

/** A file under another name declares what it declared: nothing to read, unless the same words mean something else. */
function withoutRenamed(
  pairs: readonly FilePair[],
  old: FluxKustomization | undefined,
  fresh: FluxKustomization | undefined,
): readonly FilePair[] {
  if (old?.targetNamespace !== fresh?.targetNamespace || old?.postBuild !== fresh?.postBuild) return pairs;
  const gone = new Map<string, FilePair[]>();
  for (const pair of pairs) {
    if (pair.before === undefined || pair.after !== undefined) continue;
    gone.set(pair.before, [...(gone.get(pair.before) ?? []), pair]);
  }
  const renamed = new Set<FilePair>();
  for (const pair of pairs) {
    if (pair.before !== undefined || pair.after === undefined) continue;
    const match = gone.get(pair.after)?.shift();
    if (match !== undefined) renamed.add(pair).add(match);
  }
  return pairs.filter((pair) => !renamed.has(pair));
}

/**
 * What files cannot tell: patches and the like that changed, substitution that changed, another source, and a folder
 * that is not there.
 */
export function beyondFiles({ from, to, declared }: Step): Differences['notRendered'] {
  if (to === undefined) return [];
  const { file } = to.kustomization;
  const isNews = from === undefined || !isFolderMissing(from) || declared.length > 0;
  const missing = isFolderMissing(to) && isNews ? [{ path: file, why: 'missing-path' } as const] : [];
  return from === undefined || declared.length === 0 ? missing : [...missing, ...declaredOtherwise(from, to)];
}

function declaredOtherwise(from: Side, to: Side): Differences['notRendered'] {
  const [old, fresh] = [from.kustomization, to.kustomization];
  const differ = (read: (one: FluxKustomization) => unknown) =>
    JSON.stringify(read(old)) !== JSON.stringify(read(fresh));
  const path = fresh.file;
  const found: { path: string; why: NotRenderedWhy }[] = [];
  if (differ(({ alters }) => alters)) found.push({ path, why: 'patched' });
  if (differ(({ postBuild }) => postBuild)) found.push({ path, why: 'substitution' });
  if (differ(({ source }) => source)) found.push({ path, why: 'other-source' });
  return found;
}
