import type { PersonOnGitHub } from '../../test/support/person-on-github.ts';

/**
 * Commits files to a branch in three requests, however many they are.
 *
 * @param from the branch that it begins at when there is none yet.
 */
export async function commitFiles(
  who: PersonOnGitHub,
  branch: string,
  files: Readonly<Record<string, string>>,
  from?: string,
): Promise<void> {
  const start = (await who.call('GET', `/git/ref/heads/${from ?? branch}`)) as { object: { sha: string } };
  const parent = (await who.call('GET', `/git/commits/${start.object.sha}`)) as { tree: { sha: string } };
  const entries = Object.entries(files).map(([path, content]) => {
    return { path, mode: '100644', type: 'blob', content };
  });
  const tree = (await who.call('POST', '/git/trees', { base_tree: parent.tree.sha, tree: entries })) as {
    sha: string;
  };
  const commit = (await who.call('POST', '/git/commits', {
    message: 'chore: write many files',
    tree: tree.sha,
    parents: [start.object.sha],
  })) as { sha: string };
  if (from === undefined) await who.call('PATCH', `/git/refs/heads/${branch}`, { sha: commit.sha });
  else await who.call('POST', '/git/refs', { ref: `refs/heads/${branch}`, sha: commit.sha });
}
