import { z } from 'zod';
import type { RepoName } from '../../domain/ids.ts';
import { type GitHubContext, ownerAndName } from './github-context.ts';
import { readQuery } from './graph-failure.ts';
import type { TreeFile } from './read-tree.ts';
import type { TextCache } from './text-cache.ts';

/** Files larger than this hold no manifest that anybody wrote; their texts are not read. */
const MAXIMUM_BYTES = 256 * 1024;
const BATCH_FILES = 100;
const BATCH_BYTES = 1024 * 1024;

export function textsQuery(count: number): string {
  const numbers = Array.from({ length: count }, (_, index) => index);
  return `
query Texts($owner: String!, $name: String!, ${numbers.map((n) => `$oid${n}: GitObjectID!`).join(', ')}) {
  repository(owner: $owner, name: $name) {
${numbers.map((n) => `    blob${n}: object(oid: $oid${n}) { ...Text }`).join('\n')}
  }
}
fragment Text on GitObject { oid ... on Blob { text isTruncated isBinary } }`;
}

const blob = z.object({
  oid: z.string(),
  text: z.string().nullish(),
  isTruncated: z.boolean().optional(),
  isBinary: z.boolean().nullish(),
});

const shape = z.object({ repository: z.record(z.string(), blob.nullable()) });

/**
 * The texts of files by path. Binary, huge and linked files have none and are left out; a text that is known by its
 * blob's id is not read again.
 *
 * @param mostInBatch files that are read in one request, as far as they are small.
 */
export async function readTexts(
  context: GitHubContext,
  cache: TextCache,
  repo: RepoName,
  files: readonly TreeFile[],
  mostInBatch = BATCH_FILES,
): Promise<ReadonlyMap<string, string>> {
  const readable = files.filter(({ isLink, bytes }) => !isLink && bytes <= MAXIMUM_BYTES);
  // Held here as well, for the cache may be smaller than what is asked for.
  const known = new Map<string, string | null>();
  const missing = new Map<string, TreeFile>();
  for (const file of readable) {
    const text = cache.get(file.oid);
    if (text === undefined) missing.set(file.oid, file);
    else known.set(file.oid, text);
  }
  for (const batch of batches([...missing.values()], mostInBatch)) {
    for (const [oid, text] of await readBatch(context, repo, batch)) {
      cache.put(oid, text);
      known.set(oid, text);
    }
  }
  return new Map(
    readable.flatMap(({ path, oid }): [string, string][] => {
      const text = known.get(oid);
      return typeof text === 'string' ? [[path, text]] : [];
    }),
  );
}

function batches(files: readonly TreeFile[], most: number): readonly (readonly TreeFile[])[] {
  const all: TreeFile[][] = [];
  let bytes = 0;
  for (const file of files) {
    const last = all.at(-1);
    if (last === undefined || last.length >= most || bytes + file.bytes > BATCH_BYTES) {
      all.push([file]);
      bytes = file.bytes;
    } else {
      last.push(file);
      bytes += file.bytes;
    }
  }
  return all;
}

async function readBatch(
  { client }: GitHubContext,
  repo: RepoName,
  batch: readonly TreeFile[],
): Promise<ReadonlyMap<string, string | null>> {
  const what = `read files of ${repo}`;
  const variables = {
    ...ownerAndName(repo),
    ...Object.fromEntries(batch.map(({ oid }, index) => [`oid${index}`, oid])),
  };
  const answer = await client.query(repo, what, { query: textsQuery(batch.length), variables });
  const { repository } = readQuery(what, answer, shape);
  return new Map(
    Object.values(repository)
      .filter((each) => each !== null)
      .map((each) => [each.oid, textOf(each)]),
  );
}

/** A file's size is not always known before it is read. */
function textOf({ text, isTruncated, isBinary }: z.output<typeof blob>): string | null {
  if (typeof text !== 'string' || isTruncated || isBinary) return null;
  return Buffer.byteLength(text) > MAXIMUM_BYTES ? null : text;
}
