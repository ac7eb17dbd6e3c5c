import { identityOf } from '../effects/identity.ts';
import type { Appliers } from './appliers.ts';
import type { Problem } from './finding.ts';
import { type LocatedItem, objectName } from './located-objects.ts';

/** An object that stands twice, at its second place. */
export interface DoubleFound {
  readonly path: string;
  readonly item: LocatedItem;
  readonly problem: Problem;
}

/**
 * Objects that stand twice in what one Kustomization applies, so that one of the two is lost. They are told at a path
 * of `shown` where one of them stands there.
 *
 * @param itemsOf the items of a file; undefined for one whose text is not at hand.
 */
export function checkDoubles(
  { sets }: Appliers,
  shown: ReadonlySet<string>,
  itemsOf: (path: string) => readonly LocatedItem[] | undefined,
): readonly DoubleFound[] {
  const found = new Map<string, DoubleFound>();
  const look = (paths: Iterable<string>, target: string | undefined) => {
    const first = new Map<string, { readonly path: string; readonly item: LocatedItem }>();
    for (const path of paths) {
      for (const item of itemsOf(path) ?? []) {
        if (item.object === undefined) continue;
        const { key } = identityOf(item.object, target);
        const known = first.get(key);
        if (known === undefined) {
          first.set(key, { path, item });
          continue;
        }
        const [at, other] = shown.has(path) ? [{ path, item }, known] : [known, { path, item }];
        if (!shown.has(at.path)) continue;
        const object = objectName(item.object);
        const problem = { code: 'double-object', object, other: other.path } as const;
        found.set(`${at.path} ${at.item.document} ${at.item.at.join('.')}`, { ...at, problem });
      }
    }
  };
  for (const { by, files } of sets) {
    const plain = [...files].flatMap(([path, mode]) => (mode === 'plain' ? [path] : []));
    look(plain.sort(), by.targetNamespace);
  }
  // What nothing applies yet is one file's own matter.
  for (const path of shown) if (!sets.some(({ files }) => files.has(path))) look([path], undefined);
  return [...found.values()];
}
