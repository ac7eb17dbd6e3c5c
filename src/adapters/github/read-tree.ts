import { z } from 'zod';
import type { RepoName } from '../../domain/ids.ts';
import { RetryableError } from '../../errors.ts';
import { type GitHubContext, ownerAndName } from './github-context.ts';

const treeShape = z.object({
  truncated: z.boolean(),
  tree: z.array(
    z.object({
      path: z.string(),
      mode: z.string(),
      type: z.string(),
      sha: z.string(),
      size: z.number().optional(),
    }),
  ),
});

type TreeShape = z.output<typeof treeShape>;

/** A file of a commit: a path from the root, and the blob that it holds. */
export interface TreeFile {
  readonly path: string;
  readonly oid: string;
  readonly bytes: number;
  /** A symbolic link's text is another file's path, so it is no file to be read. */
  readonly isLink: boolean;
}

/**
 * All files below a tree, in one request. GitHub cuts a recursive listing off at 100,000 entries or 7 MB; then the
 * folders are read one by one.
 * @see https://docs.github.com/rest/git/trees#get-a-tree
 */
export async function readTree(
  context: GitHubContext,
  repo: RepoName,
  tree: string,
  prefix = '',
): Promise<readonly TreeFile[]> {
  const whole = await listTree(context, repo, tree, true);
  if (!whole.truncated) return filesOf(whole, prefix);
  const top = await listTree(context, repo, tree, false);
  const below: TreeFile[] = [];
  for (const folder of top.tree.filter(({ type }) => type === 'tree')) {
    below.push(...(await readTree(context, repo, folder.sha, `${prefix}${folder.path}/`)));
  }
  return [...filesOf(top, prefix), ...below];
}

async function listTree(
  { client }: GitHubContext,
  repo: RepoName,
  tree: string,
  recursive: boolean,
): Promise<TreeShape> {
  const { owner, name } = ownerAndName(repo);
  const what = `list the files of ${repo}`;
  const parameters = { owner, repo: name, tree_sha: tree, ...(recursive ? { recursive: '1' } : {}) };
  const { data } = await client.get(repo, what, '/repos/{owner}/{repo}/git/trees/{tree_sha}', parameters);
  const read = treeShape.safeParse(data);
  if (!read.success) throw new RetryableError(`failed to ${what}: unexpected answer`, { cause: read.error });
  return read.data;
}

function filesOf({ tree }: TreeShape, prefix: string): readonly TreeFile[] {
  return tree
    .filter(({ type }) => type === 'blob')
    .map(({ path, sha, size = 0, mode }) => {
      return { path: `${prefix}${path}`, oid: sha, bytes: size, isLink: mode === '120000' };
    });
}
