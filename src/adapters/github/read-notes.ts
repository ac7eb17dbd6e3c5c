import { z } from 'zod';
import type { RepoName } from '../../domain/ids.ts';
import { type GitHubContext, ownerAndName } from './github-context.ts';
import { readQuery } from './graph-failure.ts';

/** Every release by an alias of its own. */
export function notesQuery(count: number): string {
  const numbers = Array.from({ length: count }, (_, n) => n);
  return `
query Notes($owner: String!, $name: String!, ${numbers.map((n) => `$tag${n}: String!`).join(', ')}) {
  repository(owner: $owner, name: $name) {
${numbers.map((n) => `    note${n}: release(tagName: $tag${n}) { isDraft description }`).join('\n')}
  }
}`;
}

const note = z.object({ isDraft: z.boolean(), description: z.string().nullable() }).nullable();
const shape = z.object({ repository: z.record(z.string(), note) });

/** The texts of published releases, by their tags, in one query; a tag without one is not among them. */
export async function readNotes(
  { client }: GitHubContext,
  repo: RepoName,
  tags: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (tags.length === 0) return new Map();
  const what = `read the notes of ${tags.length} releases of ${repo}`;
  const variables = { ...ownerAndName(repo), ...Object.fromEntries(tags.map((tag, n) => [`tag${n}`, tag])) };
  const answer = await client.query(repo, what, { query: notesQuery(tags.length), variables });
  const { repository } = readQuery(what, answer, shape);
  return new Map(
    tags.flatMap((tag, n) => {
      const found = repository[`note${n}`];
      return !found || found.isDraft ? [] : [[tag, found.description ?? ''] as const];
    }),
  );
}
