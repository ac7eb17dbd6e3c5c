import type { Connection } from './connection.ts';
import { listAll } from './list.ts';
import { keepMirror, type MirrorOptions } from './mirror.ts';

type Keeping = Pick<
  MirrorOptions<never>,
  'connection' | 'path' | 'pollMs' | 'repairMs' | 'signal' | 'onAlive' | 'onFailure'
> & {
  /** What stands on the shelf has changed. */
  onNews(): void;
};

/** The objects of one kind on one cluster, projected. */
export interface Shelf<Kind> {
  readonly items: ReadonlyMap<string, Kind>;
  /** Whether it was ever filled. */
  readonly isFilled: boolean;
  /** Lists all objects once. */
  fill(connection: Connection, path: string): Promise<void>;
  /** Follows them until the signal is aborted. */
  keep(options: Keeping): Promise<void>;
  empty(): void;
}

export function createShelf<Kind extends { readonly id: string }>(
  project: (raw: unknown) => Kind,
): Shelf<Kind> {
  let items = new Map<string, Kind>();
  let isFilled = false;
  const replace = (listed: ReadonlyMap<string, Kind>) => {
    items = new Map(listed);
    isFilled = true;
  };
  return {
    get items() {
      return items;
    },
    get isFilled() {
      return isFilled;
    },
    async fill(connection, path) {
      replace((await listAll(connection, path, project)).items);
    },
    async keep({ onNews, ...options }) {
      await keepMirror({
        ...options,
        project,
        onList(listed) {
          replace(listed);
          onNews();
        },
        onChange(item) {
          items.set(item.id, item);
          onNews();
        },
        onGone(id) {
          items.delete(id);
          onNews();
        },
      });
    },
    empty() {
      replace(new Map());
    },
  };
}
