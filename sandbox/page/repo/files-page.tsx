import type { Tree } from './github-types.ts';
import { encodePath, useGitHubData } from './use-github.ts';

interface Branch {
  readonly name: string;
  readonly commit: { readonly sha: string };
}

/** The files of a branch, folder by folder. The place is `#/files/<branch>/<path>`. */
export function FilesPage({ segments }: { segments: readonly string[] }) {
  const branches = useGitHubData<readonly Branch[]>('/branches?per_page=100');
  const repository = useGitHubData<{ default_branch: string }>('');
  const rest = segments.join('/');
  // Branch names may hold slashes: the longest one that fits is meant.
  const named = branches.data
    ?.filter(({ name }) => rest === name || rest.startsWith(`${name}/`))
    .sort((a, b) => b.name.length - a.name.length)[0];
  const defaultBranch = repository.data?.default_branch ?? 'main';
  const ref = named?.name ?? segments[0] ?? defaultBranch;
  const path = rest.slice(ref.length + 1);
  const tree = useGitHubData<Tree>(`/git/trees/${encodePath(named?.commit.sha ?? ref)}?recursive=1`);
  const error = branches.error ?? tree.error;
  const file = tree.data?.tree.find((entry) => entry.path === path && entry.type === 'blob');
  return (
    <>
      <div className="line files-head">
        <select
          id="branch"
          aria-label="Branch"
          value={ref}
          onChange={(event) => {
            window.location.hash = `#/files/${encodePath(event.target.value)}`;
          }}
        >
          {(branches.data ?? []).map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
          {!named && <option>{ref}</option>}
        </select>
        <Crumbs reference={ref} path={path} />
      </div>
      {error && <p className="problem">{error}</p>}
      {file ? <Text sha={file.sha} /> : <Folder reference={ref} path={path} tree={tree.data} />}
    </>
  );
}

function Crumbs({ reference, path }: { reference: string; path: string }) {
  const parts = path.split('/').filter((part) => part !== '');
  return (
    <nav className="crumbs" aria-label="Path">
      <a href={`#/files/${encodePath(reference)}`}>/</a>
      {parts.map((part, index) => {
        const to = parts.slice(0, index + 1).join('/');
        return (
          <span key={to}>
            {index > 0 && '/'}
            <a href={`#/files/${encodePath(`${reference}/${to}`)}`}>{part}</a>
          </span>
        );
      })}
    </nav>
  );
}

function Folder({ reference, path, tree }: { reference: string; path: string; tree: Tree | undefined }) {
  if (!tree) return <p className="notice">Loading …</p>;
  const prefix = path === '' ? '' : `${path}/`;
  const entries = tree.tree
    .filter((entry) => entry.path.startsWith(prefix) && !entry.path.slice(prefix.length).includes('/'))
    .filter((entry) => entry.path !== path)
    .sort((a, b) => Number(b.type === 'tree') - Number(a.type === 'tree') || a.path.localeCompare(b.path));
  return (
    <ul className="rows files" id="files">
      {entries.map((entry) => (
        <li key={entry.path} data-path={entry.path}>
          <span aria-hidden="true">{entry.type === 'tree' ? '▸' : '·'}</span>
          <a className="grow" href={`#/files/${encodePath(`${reference}/${entry.path}`)}`}>
            {entry.path.slice(prefix.length)}
            {entry.type === 'tree' && '/'}
          </a>
        </li>
      ))}
      {entries.length === 0 && <li className="empty">There is nothing here.</li>}
    </ul>
  );
}

function Text({ sha }: { sha: string }) {
  const { data, error } = useGitHubData<{ content: string }>(`/git/blobs/${sha}`);
  if (!data) return <p className="notice">{error ?? 'Loading …'}</p>;
  const bytes = Uint8Array.from(atob(data.content.replaceAll('\n', '')), (character) =>
    character.charCodeAt(0),
  );
  return <pre className="file-text">{new TextDecoder().decode(bytes)}</pre>;
}
