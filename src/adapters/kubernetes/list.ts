import { z } from 'zod';
import { PermanentError } from '../../errors.ts';
import type { Connection } from './connection.ts';
import { ExpiredError } from './kubernetes-failure.ts';
import { ListScanner } from './list-scanner.ts';
import type { Projection, Reading } from './projection.ts';

/** Objects a page: 500 Kustomizations are 3 to 15 MB of JSON, of which a hundredth is kept. */
const PAGE = 500;
/** How often a list is begun anew because its pages expired under it. */
const BEGINNINGS = 3;

const listMetadata = z.object({ resourceVersion: z.string(), continue: z.string().nullish() });

export interface Listed<Kind> {
  /** Whoever has listed them may change it. */
  readonly items: Map<string, Kind>;
  /** Where a watch goes on from. */
  readonly resourceVersion: string;
}

/** Lists all objects page by page; each object is projected as it arrives. */
export async function listAll<Kind extends { readonly id: string }>(
  connection: Connection,
  path: string,
  projection: Projection<Kind>,
): Promise<Listed<Kind>> {
  for (let begun = 1; ; begun += 1) {
    try {
      return await listOnce(connection, path, projection.begin());
    } catch (error) {
      if (!(error instanceof ExpiredError) || begun === BEGINNINGS) throw error;
    }
  }
}

async function listOnce<Kind extends { readonly id: string }>(
  connection: Connection,
  path: string,
  reading: Reading<Kind>,
): Promise<Listed<Kind>> {
  const items = new Map<string, Kind>();
  let from: string | undefined;
  for (;;) {
    const query = { limit: PAGE, continue: from };
    const page = await connection.read(`list ${path}`, path, query, (body) => readPage(path, body, reading));
    for (const each of page.items) items.set(each.id, each);
    from = page.continue || undefined;
    if (from !== undefined) continue;
    reading.end();
    return { items, resourceVersion: page.resourceVersion };
  }
}

async function readPage<Kind>(path: string, body: AsyncIterable<Buffer>, reading: Reading<Kind>) {
  const items: Kind[] = [];
  let metadata: unknown;
  const scanner = new ListScanner({
    item: (text) => items.push(understand(path, () => reading.one(JSON.parse(text)))),
    metadata(text) {
      metadata = JSON.parse(text);
    },
  });
  for await (const piece of body) scanner.push(piece);
  scanner.end();
  return { ...understand(path, () => listMetadata.parse(metadata)), items };
}

/** Runs a parser; what it does not take is named by its place, never quoted. */
export function understand<Kind>(path: string, parse: () => Kind): Kind {
  try {
    return parse();
  } catch (cause) {
    throw new PermanentError('not-understood', `failed to understand an object of ${path}`, { cause });
  }
}
