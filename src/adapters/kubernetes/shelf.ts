import type { Connection } from './connection.ts';
import { listAll } from './list.ts';
import { keepMirror, type MirrorOptions } from './mirror.ts';
import type { Projection } from './projection.ts';

type Keeping = Pick<
  MirrorOptions<never>,
  'connection' | 'path' | 'pollMs' | 'repairMs' | 'signal' | 'onAlive' | 'onFailure'
> & {
  /** What stands on the shelf has changed. */
  onNews(): void;
};

/** The objects of one kind on one cluster, projected. */
export interface Shelf<Kind> {
  /** What stands on it now; that map stays as it is, whatever comes later. */
  show(): ReadonlyMap<string, Kind>;
  /** Whether it was ever filled. */
  readonly isFilled: boolean;
  /** Lists all objects once. */
  fill(connection: Connection, path: string): Promise<void>;
  /** Follows them until the signal is aborted. */
  keep(options: Keeping): Promise<void>;
  empty(): void;
}

export function createShelf<Kind extends { readonly id: string }>(projection: Projection<Kind>): Shelf<Kind> {
  let items = new Map<string, Kind>();
  let isShown = false;
  let isFilled = false;
  const replace = (listed: Map<string, Kind>) => {
    items = listed;
    isShown = false;
    isFilled = true;
  };
  const toChange = () => {
    if (isShown) items = new Map(items);
    isShown = false;
    return items;
  };
  return {
    show() {
      isShown = true;
      return items;
    },
    get isFilled() {
      return isFilled;
    },
    async fill(connection, path) {
      replace((await listAll(connection, path, projection)).items);
    },
    async keep({ onNews, ...options }) {
      await keepMirror({
        ...options,
        projection,
        onList(listed) {
          replace(listed);
          onNews();
        },
        onChange(item) {
          toChange().set(item.id, item);
          onNews();
        },
        onGone(id) {
          toChange().delete(id);
          onNews();
        },
      });
    },
    empty() {
      replace(new Map());
    },
  };
}
