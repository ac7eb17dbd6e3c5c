import { createHash } from 'node:crypto';
import type { GitObject, ObjectType } from '../../../sandbox/github/git/cat-file.ts';
import {
  type CommitObject,
  parseCommit,
  parseTree,
  serialiseTree,
  type TreeEntry,
} from '../../../sandbox/github/git/objects.ts';

/** Git's objects in memory. They never change, so all seeds share them. */
export class MemoryObjects {
  readonly #objects = new Map<string, GitObject>();
  readonly #trees = new Map<string, readonly TreeEntry[]>();
  readonly #commits = new Map<string, CommitObject>();

  read(oid: string): GitObject | undefined {
    return this.#objects.get(oid);
  }

  write(type: ObjectType, content: Buffer): string {
    const oid = createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex');
    if (!this.#objects.has(oid)) this.#objects.set(oid, { oid, type, content });
    return oid;
  }

  commit(oid: string): CommitObject | undefined {
    const known = this.#commits.get(oid);
    if (known) return known;
    const object = this.#objects.get(oid);
    if (object?.type !== 'commit') return undefined;
    const commit = parseCommit(oid, object.content);
    this.#commits.set(oid, commit);
    return commit;
  }

  /** Of a commit the root's; none for a tree that is not here, such as the empty one. */
  tree(oid: string): readonly TreeEntry[] | undefined {
    const known = this.#trees.get(oid);
    if (known) return known;
    const object = this.#objects.get(oid);
    if (object?.type === 'commit') return this.tree(this.commit(oid)?.tree ?? '');
    if (object?.type !== 'tree') return undefined;
    const entries = parseTree(object.content);
    this.#trees.set(oid, entries);
    return entries;
  }

  writeTree(entries: readonly Omit<TreeEntry, 'type'>[]): string {
    return this.write('tree', serialiseTree(entries));
  }
}
