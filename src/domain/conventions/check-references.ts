import { z } from 'zod';
import { deliveriesOf } from '../delivery.ts';
import { isFluxKustomization } from '../platform/flux.ts';
import { isRemote, managementFolder, normalisePath } from '../platform/layout.ts';
import { type BlobTexts, type ConventionState, textOf } from './convention-state.ts';
import type { Problem } from './finding.ts';
import type { ValuePath } from './kinds/shape-faults.ts';
import { type LocatedItem, locatedItems } from './located-objects.ts';

/** A reference that leads nowhere, and where it stands. */
export interface ReferenceFound {
  readonly path: string;
  readonly document: number;
  readonly at: ValuePath;
  readonly problem: Problem;
}

const spec = z.object({
  dependsOn: z.array(z.object({ name: z.string(), namespace: z.string().nullish() })).nullish(),
  sourceRef: z.object({ kind: z.string(), name: z.string(), namespace: z.string().nullish() }),
});

interface Declared {
  readonly path: string;
  readonly item: LocatedItem;
  readonly management: string;
  /** `namespace/name`. */
  readonly id: string;
  readonly namespace: string;
  readonly dependsOn: readonly string[];
  readonly source: { readonly kind: string; readonly id: string };
}

/** References of Kustomizations, and of what kustomization files list, that lead nowhere. */
export function checkReferences(state: ConventionState, texts: BlobTexts): readonly ReferenceFound[] {
  const declared = declaredIn(state, texts);
  const here = new Map(declared.map((one) => [keyOf(one.management, one.id), one]));
  const folders = foldersOf(state.oids);
  const deliveryOf = deliveriesOf(state.platform);
  return [
    ...declared.flatMap((one) => [
      ...missingDependencies(one, here),
      ...missingSource(one, state),
      ...missingPath(one, state, folders, deliveryOf),
    ]),
    ...cycles(declared, here),
    ...missingResources(state),
  ];
}

function keyOf(management: string, id: string): string {
  return JSON.stringify([management, id]);
}

function declaredIn(state: ConventionState, texts: BlobTexts): readonly Declared[] {
  const { platform } = state;
  const files = new Set(platform.kustomizations.map(({ file }) => file));
  return [...files].flatMap((path) =>
    (locatedItems(textOf(path, state, texts) ?? '') ?? []).flatMap((item) => {
      const { object } = item;
      if (object === undefined || !isFluxKustomization(object)) return [];
      const read = spec.safeParse(object.spec).data;
      if (read === undefined) return [];
      const namespace = object.metadata.namespace ?? 'default';
      return [
        {
          path,
          item,
          management: managementFolder(path, platform.layout),
          id: `${namespace}/${object.metadata.name}`,
          namespace,
          dependsOn: (read.dependsOn ?? []).map((to) => `${to.namespace || namespace}/${to.name}`),
          source: {
            kind: read.sourceRef.kind,
            id: `${read.sourceRef.namespace || namespace}/${read.sourceRef.name}`,
          },
        },
      ];
    }),
  );
}

function found({ path, item }: Declared, at: ValuePath, problem: Problem): ReferenceFound {
  return { path, document: item.document, at: [...item.at, 'spec', ...at], problem };
}

function missingDependencies(one: Declared, here: ReadonlyMap<string, Declared>): readonly ReferenceFound[] {
  return one.dependsOn.flatMap((wanted, index) => {
    if (here.has(keyOf(one.management, wanted)) || wanted.includes('${')) return [];
    const problem = { code: 'missing-dependency', object: nameOf(one), wanted } as const;
    return [found(one, ['dependsOn', index], problem)];
  });
}

function nameOf({ id }: Declared): string {
  return `Kustomization ${id}`;
}

/** Sources of other kinds than git are not read, and not asked for. */
function missingSource(one: Declared, { platform }: ConventionState): readonly ReferenceFound[] {
  const { kind, id } = one.source;
  if (kind !== 'GitRepository' || id.includes('${')) return [];
  // A repository that declares no source at all has them made elsewhere.
  if (platform.sources.length === 0) return [];
  const stands = platform.sources.some(
    (source) =>
      `${source.namespace}/${source.name}` === id &&
      (one.management === '' || managementFolder(source.path, platform.layout) === one.management),
  );
  if (stands) return [];
  return [found(one, ['sourceRef'], { code: 'missing-source', object: nameOf(one), wanted: id })];
}

function missingPath(
  one: Declared,
  { platform }: ConventionState,
  folders: ReadonlySet<string>,
  deliveryOf: ReturnType<typeof deliveriesOf>,
): readonly ReferenceFound[] {
  const own = platform.kustomizations.find(
    ({ file, namespace, name }) => file === one.path && `${namespace}/${name}` === one.id,
  );
  if (own === undefined || own.applies === '' || deliveryOf(own) === undefined) return [];
  if (own.applies.includes('${') || folders.has(own.applies)) return [];
  return [found(one, ['path'], { code: 'missing-path', object: nameOf(one), wanted: own.applies })];
}

/** Every folder that holds something. */
function foldersOf(oids: ReadonlyMap<string, string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of oids.keys()) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}

/** Kustomizations that wait for each other wait for ever; told at each of them once. */
function cycles(
  declared: readonly Declared[],
  here: ReadonlyMap<string, Declared>,
): readonly ReferenceFound[] {
  return declared.flatMap((one) => {
    const way = wayBack(one, here);
    if (way === undefined) return [];
    return [found(one, ['dependsOn'], { code: 'dependency-cycle', objects: way })];
  });
}

function wayBack(start: Declared, here: ReadonlyMap<string, Declared>): readonly string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[start.id, undefined]]);
  const waiting = [start];
  for (const one of waiting) {
    for (const wanted of one.dependsOn) {
      if (wanted === start.id) return pathTo(one.id, cameFrom).map((id) => `Kustomization ${id}`);
      const next = here.get(keyOf(start.management, wanted));
      if (next === undefined || cameFrom.has(next.id)) continue;
      cameFrom.set(next.id, one.id);
      waiting.push(next);
    }
  }
  return undefined;
}

function pathTo(id: string, cameFrom: ReadonlyMap<string, string | undefined>): readonly string[] {
  const way = [id];
  for (let at = cameFrom.get(id); at !== undefined; at = cameFrom.get(at)) way.unshift(at);
  return way;
}

/** With one of them missing kustomize builds nothing of the folder. */
function missingResources({ platform, oids }: ConventionState): readonly ReferenceFound[] {
  return [...platform.overlays].flatMap(([folder, { file, listed }]) =>
    listed.flatMap((wanted) => {
      if (isRemote(wanted)) return [];
      const path = normalisePath(wanted, folder);
      if (path !== undefined && (oids.has(path) || platform.overlays.has(path))) return [];
      return [
        {
          path: file,
          document: 0,
          at: ['resources'],
          problem: { code: 'missing-resource', wanted },
        } as const,
      ];
    }),
  );
}
