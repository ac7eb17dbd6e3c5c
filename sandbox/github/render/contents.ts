import type { FoundPath } from '../git.ts';
import type { GitHubWorld } from '../world.ts';
import { inLines } from './base64.ts';

export interface Entry extends FoundPath {
  readonly path: string;
  readonly size: number;
}

/** A file, a link or a submodule with what it holds; a directory as the list of its entries. */
export async function renderContents(
  world: GitHubWorld,
  found: FoundPath,
  path: string,
  ref: string,
): Promise<unknown> {
  if (found.type === 'tree') {
    const rows = (await world.git.tree(found.oid)) ?? [];
    return Promise.all(
      rows.map(async (row) => {
        const size = row.type === 'blob' ? ((await world.git.blob(row.oid))?.length ?? 0) : 0;
        return renderEntry(
          world,
          { ...row, size, path: path === '' ? row.name : `${path}/${row.name}` },
          ref,
        );
      }),
    );
  }
  if (found.type === 'commit') {
    return { ...renderEntry(world, { ...found, path, size: 0 }, ref), submodule_git_url: null };
  }
  const content = (await world.git.blob(found.oid)) ?? Buffer.alloc(0);
  const entry = renderEntry(world, { ...found, path, size: content.length }, ref);
  if (entry.type === 'symlink') return { ...entry, target: content.toString('utf8') };
  return { ...entry, content: inLines(content.toString('base64')), encoding: 'base64' };
}

export function renderEntry(world: GitHubWorld, entry: Entry, ref: string) {
  const path = entry.path.split('/').map(encodeURIComponent).join('/');
  const self = `${world.urls.repoApi()}/contents/${path}?ref=${encodeURIComponent(ref)}`;
  const git = `${world.urls.repoApi()}/git/${entry.type}s/${entry.oid}`;
  const html = `${world.urls.repoHtml()}/${entry.type === 'tree' ? 'tree' : 'blob'}/${ref}/${path}`;
  return {
    name: entry.path.split('/').at(-1) ?? '',
    path: entry.path,
    sha: entry.oid,
    size: entry.size,
    url: self,
    html_url: html,
    git_url: git,
    download_url: entry.type === 'blob' ? `${world.urls.repoHtml()}/raw/${ref}/${path}` : null,
    type: kindOf(entry),
    _links: { self, git, html },
  };
}

function kindOf(entry: Entry): 'file' | 'dir' | 'symlink' | 'submodule' {
  if (entry.type === 'tree') return 'dir';
  if (entry.type === 'commit') return 'submodule';
  return entry.mode === '120000' ? 'symlink' : 'file';
}
