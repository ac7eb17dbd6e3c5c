import { z } from 'zod';
import type { CommitSha, RepoName } from '../../domain/ids.ts';
import type { GeneratedNotes } from '../../domain/release/release-facts.ts';
import { RetryableError } from '../../errors.ts';
import { type GitHubContext, ownerAndName } from './github-context.ts';
import { parseGeneratedNotes } from './parse-generated-notes.ts';

const shape = z.object({ body: z.string() });

export interface NotesWish {
  readonly tag: string;
  readonly commit: CommitSha;
  /** Without it GitHub guesses, and may guess wrong. */
  readonly previous: string | undefined;
}

/**
 * What GitHub's own generator of notes would write; nothing is saved.
 * @see https://docs.github.com/rest/releases/releases#generate-release-notes-content-for-a-release
 */
export async function generateNotes(
  { client }: GitHubContext,
  repo: RepoName,
  { tag, commit, previous }: NotesWish,
): Promise<GeneratedNotes> {
  const what = `generate notes for ${tag} of ${repo}`;
  const { owner, name } = ownerAndName(repo);
  const parameters = {
    owner,
    repo: name,
    tag_name: tag,
    target_commitish: commit,
    ...(previous === undefined ? {} : { previous_tag_name: previous }),
  };
  const route = '/repos/{owner}/{repo}/releases/generate-notes';
  const { data } = await client.ask(repo, what, route, parameters);
  const read = shape.safeParse(data);
  if (!read.success) throw new RetryableError(`failed to ${what}: unexpected answer`, { cause: read.error });
  return parseGeneratedNotes(read.data.body);
}
