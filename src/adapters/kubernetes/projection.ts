import { z } from 'zod';
import { Keeper } from './raw-objects.ts';

const versioned = z.object({ metadata: z.object({ uid: z.string(), resourceVersion: z.string() }) });

/**
 * What is kept of the objects of one kind, made once for each of their versions. Of thousands few change from one poll
 * to the next, and V8 counts what outlives a poll among what lasts, until that has grown to several times its size.
 */
export interface Projection<Kind> {
  /** Begins a reading of all objects. */
  begin(): Reading<Kind>;
  /** Takes one that has changed. */
  one(raw: unknown): Kind;
}

export interface Reading<Kind> {
  one(raw: unknown): Kind;
  /** All were read: those that were not among them are forgotten. */
  end(): void;
}

interface Known<Kind> {
  readonly version: string;
  readonly item: Kind;
  /** The last reading in which it was seen. */
  reading: number;
}

export function createProjection<Kind>(project: (raw: unknown, keep: Keeper) => Kind): Projection<Kind> {
  const known = new Map<string, Known<Kind>>();
  let readings = 0;
  let keep = new Keeper();
  function one(raw: unknown, reading: number): Kind {
    const { uid, resourceVersion: version } = versioned.safeParse(raw).data?.metadata ?? {};
    const before = uid === undefined ? undefined : known.get(uid);
    if (before !== undefined && before.version === version) {
      before.reading = Math.max(before.reading, reading);
      return before.item;
    }
    const item = project(raw, keep);
    if (uid !== undefined && version !== undefined) known.set(uid, { version, item, reading });
    return item;
  }
  return {
    begin() {
      readings += 1;
      const reading = readings;
      // What it keeps is wanted by objects only; those that stay as they are have theirs already.
      keep = new Keeper();
      return {
        one: (raw) => one(raw, reading),
        end() {
          for (const [uid, each] of known) if (each.reading < reading) known.delete(uid);
        },
      };
    },
    one: (raw) => one(raw, readings),
  };
}
