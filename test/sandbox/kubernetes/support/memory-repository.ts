import { createHash } from 'node:crypto';

import type { Child, Found, Repository } from '../../../../sandbox/kubernetes/flux/repository.ts';

type Files = Readonly<Record<string, string>>;

/** A repository without git: a commit is a set of files. */
export class MemoryRepository implements Repository {
  readonly #refs = new Map<string, string>();
  readonly #commits = new Map<string, Files>();
  readonly #blobs = new Map<string, string>();

  /** Commits these files (and no others) to a branch; returns the commit. */
  commit(files: Files, branch = 'main'): string {
    const commit = hash(JSON.stringify([files, this.#commits.size]));
    this.#commits.set(commit, files);
    this.#refs.set(`refs/heads/${branch}`, commit);
    return commit;
  }

  /** Commits a change to what the branch has; undefined takes a file away. */
  change(files: Readonly<Record<string, string | undefined>>): string {
    const now = { ...this.#commits.get(this.ref('refs/heads/main') ?? ''), ...files };
    return this.commit(
      Object.fromEntries(
        Object.entries(now).filter((file): file is [string, string] => file[1] !== undefined),
      ),
    );
  }

  tag(name: string, commit: string | undefined): void {
    if (commit === undefined) this.#refs.delete(`refs/tags/${name}`);
    else this.#refs.set(`refs/tags/${name}`, commit);
  }

  ref(name: string): string | undefined {
    return this.#refs.get(name);
  }

  async peel(oid: string): Promise<string | undefined> {
    return this.#commits.has(oid) ? oid : undefined;
  }

  async at(commit: string, path: string): Promise<Found | undefined> {
    const files = this.#commits.get(commit) ?? {};
    const text = files[path];
    if (text !== undefined) return { type: 'blob', oid: this.#blob(text) };
    const prefix = path === '' ? '' : `${path}/`;
    const isFolder = Object.keys(files).some((file) => file.startsWith(prefix));
    return isFolder ? { type: 'tree', oid: `${commit}:${prefix}` } : undefined;
  }

  async children(tree: string): Promise<readonly Child[]> {
    const [commit = '', prefix = ''] = tree.split(':');
    const files = Object.entries(this.#commits.get(commit) ?? {});
    const found = new Map<string, Child>();
    for (const [file, text] of files) {
      if (!file.startsWith(prefix)) continue;
      const [name = '', ...rest] = file.slice(prefix.length).split('/');
      found.set(
        name,
        rest.length > 0
          ? { name, type: 'tree', oid: `${commit}:${prefix}${name}/` }
          : { name, type: 'blob', oid: this.#blob(text) },
      );
    }
    return [...found.values()];
  }

  async text(blob: string): Promise<string> {
    return this.#blobs.get(blob) ?? '';
  }

  #blob(text: string): string {
    const oid = hash(text);
    this.#blobs.set(oid, text);
    return oid;
  }
}

function hash(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
