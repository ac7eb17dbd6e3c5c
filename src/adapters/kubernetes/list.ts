import { z } from 'zod';
import { PermanentError } from '../../errors.ts';
import type { Connection } from './connection.ts';
import { ExpiredError } from './kubernetes-failure.ts';

/** Objects a page: 500 Kustomizations are 3 to 15 MB of JSON, of which a hundredth is kept. */
const PAGE = 500;
/** How often a list is begun anew because its pages expired under it. */
const BEGINNINGS = 3;

const page = z.object({
  metadata: z.object({ resourceVersion: z.string(), continue: z.string().nullish() }),
  items: z.array(z.unknown()).nullish(),
});

export interface Listed<Kind> {
  readonly items: ReadonlyMap<string, Kind>;
  /** Where a watch goes on from. */
  readonly resourceVersion: string;
}

/** Lists all objects page by page; each page is projected before the next is asked for. */
export async function listAll<Kind extends { readonly id: string }>(
  connection: Connection,
  path: string,
  project: (raw: unknown) => Kind,
): Promise<Listed<Kind>> {
  for (let begun = 1; ; begun += 1) {
    try {
      return await listOnce(connection, path, project);
    } catch (error) {
      if (!(error instanceof ExpiredError) || begun === BEGINNINGS) throw error;
    }
  }
}

async function listOnce<Kind extends { readonly id: string }>(
  connection: Connection,
  path: string,
  project: (raw: unknown) => Kind,
): Promise<Listed<Kind>> {
  const items = new Map<string, Kind>();
  let from: string | undefined;
  for (;;) {
    const query = { limit: PAGE, continue: from };
    const raw: unknown = await connection.get(`list ${path}`, path, query);
    const { metadata, items: raws } = understand(path, () => page.parse(raw));
    for (const each of raws ?? []) {
      const item = understand(path, () => project(each));
      items.set(item.id, item);
    }
    if (!metadata.continue) return { items, resourceVersion: metadata.resourceVersion };
    from = metadata.continue;
  }
}

/** Runs a parser; what it does not take is named by its place, never quoted. */
export function understand<Kind>(path: string, parse: () => Kind): Kind {
  try {
    return parse();
  } catch (cause) {
    throw new PermanentError('not-understood', `failed to understand an object of ${path}`, { cause });
  }
}
