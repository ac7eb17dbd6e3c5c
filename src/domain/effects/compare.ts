import type { DeclaredObject } from '../platform/documents.ts';
import type { Differences } from './differences.ts';
import type { NotRendered, ObjectChange } from './effect.ts';
import { type Identity, identityOf } from './identity.ts';
import { type Rendered, type RenderedObject, render } from './render.ts';
import type { Side } from './steps.ts';

/** An object on both sides of a step; `undefined` where it is not. */
export interface Turn {
  readonly identity: Identity;
  readonly change: Exclude<ObjectChange['change'], 'moved'>;
  readonly path: string;
  readonly before: RenderedObject | undefined;
  readonly after: RenderedObject | undefined;
}

export interface Compared {
  readonly turns: readonly Turn[];
  readonly notRendered: readonly Pick<NotRendered, 'path' | 'why'>[];
  /** Identity's key -> file, of the objects that files declare which cannot be rendered. */
  readonly hidden: ReadonlyMap<string, string>;
}

/** Blob id -> what its text declares; every text is read once. */
export type Reader = (oid: string) => Rendered;

export function readerOf(texts: ReadonlyMap<string, string>): Reader {
  const known = new Map<string, Rendered>();
  return (oid) => {
    const read = known.get(oid) ?? render(texts.get(oid));
    known.set(oid, read);
    return read;
  };
}

interface Found {
  readonly object: RenderedObject;
  readonly identity: Identity;
  readonly path: string;
}

/**
 * The objects that differ between two sides. A file of which one side cannot be rendered is named, not compared; what
 * it may declare is not told as deleted or added either when another file says so.
 */
export function compare(
  { toCompare, notRendered }: Differences,
  from: Side | undefined,
  to: Side | undefined,
  read: Reader,
): Compared {
  const unknown = [...notRendered];
  const [old, fresh] = [new Map<string, Found>(), new Map<string, Found>()];
  const hidden = new Map<string, string>();
  for (const { path, before, after } of toCompare) {
    const [was, will] = [readSide(before, from, read), readSide(after, to, read)];
    if (was.kind === 'objects' && will.kind === 'objects') {
      collect(was.objects, path, from, old);
      collect(will.objects, path, to, fresh);
      continue;
    }
    const [why] = [was, will].flatMap((one) => (one.kind === 'not-rendered' ? one.why : []));
    if (why !== undefined) unknown.push({ path, why });
    for (const object of possible(was)) hidden.set(keyOf(object, from), path);
    for (const object of possible(will)) hidden.set(keyOf(object, to), path);
  }
  return {
    turns: turnsOf(old, fresh).filter(({ identity }) => !hidden.has(identity.key)),
    notRendered: unknown,
    hidden,
  };
}

function possible(rendered: Rendered): readonly DeclaredObject[] {
  return rendered.kind === 'objects' ? rendered.objects.map(({ declared }) => declared) : rendered.possible;
}

function keyOf(object: DeclaredObject, side: Side | undefined): string {
  return identityOf(object, side?.kustomization.targetNamespace).key;
}

const nothing: Extract<Rendered, { kind: 'objects' }> = { kind: 'objects', objects: [], hasVariables: false };

function readSide(oid: string | undefined, side: Side | undefined, read: Reader): Rendered {
  if (oid === undefined) return nothing;
  const rendered = read(oid);
  const substitutes = side?.kustomization.postBuild !== undefined;
  return rendered.kind === 'objects' && rendered.hasVariables && substitutes
    ? { kind: 'not-rendered', why: 'substitution', possible: possible(rendered) }
    : rendered;
}

function collect(
  objects: readonly RenderedObject[],
  path: string,
  side: Side | undefined,
  into: Map<string, Found>,
): void {
  for (const object of objects) {
    const identity = identityOf(object.declared, side?.kustomization.targetNamespace);
    into.set(identity.key, { object, identity, path });
  }
}

function turnsOf(old: ReadonlyMap<string, Found>, fresh: ReadonlyMap<string, Found>): readonly Turn[] {
  const turns: Turn[] = [];
  for (const [key, { object: before, identity, path }] of old) {
    const now = fresh.get(key);
    if (now === undefined) turns.push({ identity, change: 'deleted', path, before, after: undefined });
    else if (now.object.content !== before.content) {
      turns.push({ identity, change: 'changed', path: now.path, before, after: now.object });
    }
  }
  for (const [key, { object: after, identity, path }] of fresh) {
    if (!old.has(key)) turns.push({ identity, change: 'added', path, before: undefined, after });
  }
  return turns;
}
