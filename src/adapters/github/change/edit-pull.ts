import type { RepoName } from '../../../domain/ids.ts';
import { type GitHubContext, ownerAndName } from '../github-context.ts';

/** Closes a pull request; one that is closed stays so. */
export async function closePull(context: GitHubContext, repo: RepoName, number: number): Promise<void> {
  await editPull(context, `close ${repo}#${number}`, repo, number, { state: 'closed' });
}

/** Rewrites what a pull request says. */
export async function editBody(
  context: GitHubContext,
  repo: RepoName,
  number: number,
  body: string,
): Promise<void> {
  await editPull(context, `edit the text of ${repo}#${number}`, repo, number, { body });
}

/** Gives a pull request another title. */
export async function editTitle(
  context: GitHubContext,
  repo: RepoName,
  number: number,
  title: string,
): Promise<void> {
  await editPull(context, `edit the title of ${repo}#${number}`, repo, number, { title });
}

/** Rewrites a pull request's title and text. */
export async function describePull(
  context: GitHubContext,
  repo: RepoName,
  number: number,
  texts: { readonly title: string; readonly body: string },
): Promise<void> {
  await editPull(context, `edit the text of ${repo}#${number}`, repo, number, texts);
}

async function editPull(
  { client }: GitHubContext,
  what: string,
  repo: RepoName,
  number: number,
  change:
    | { readonly state: 'closed' }
    | { readonly title: string }
    | { readonly title?: string; readonly body: string },
): Promise<void> {
  const { owner, name } = ownerAndName(repo);
  const parameters = { owner, repo: name, pull_number: number, ...change };
  await client.patch(repo, what, '/repos/{owner}/{repo}/pulls/{pull_number}', parameters);
}
