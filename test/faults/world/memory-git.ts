import type { GitObject, ObjectType } from '../../../sandbox/github/git/cat-file.ts';
import { editTree, type TreeChange } from '../../../sandbox/github/git/edit-tree.ts';
import { Graph } from '../../../sandbox/github/git/graph.ts';
import {
  type NewCommit,
  parseTag,
  serialiseCommit,
  serialiseTag,
  type TagObject,
  type TreeEntry,
} from '../../../sandbox/github/git/objects.ts';
import { GitFailure } from '../../../sandbox/github/git/run.ts';
import {
  type FoundPath,
  type Git,
  type LogOptions,
  type RefMove,
  zeroOid,
} from '../../../sandbox/github/git.ts';
import { diffTrees } from './diff-trees.ts';
import type { MemoryObjects } from './memory-objects.ts';
import { mergeTrees } from './merge-trees.ts';

type Public<T> = { readonly [Key in keyof T]: T[Key] };

/** What the sandbox's GitHub does with git, without a disk and without processes: so that a seed decides all. */
export class MemoryGit implements Public<Git> {
  readonly dir = '';
  readonly objects: MemoryObjects;
  readonly #graph = new Graph((oid) => this.commit(oid));
  readonly #refs: Map<string, string>;

  constructor(objects: MemoryObjects, refs: ReadonlyMap<string, string> = new Map()) {
    this.objects = objects;
    this.#refs = new Map(refs);
  }

  async close(): Promise<void> {}

  /** Of git's own commands only those that keep pull requests' heads. */
  async run(args: readonly string[], given: string | Buffer = ''): Promise<Buffer> {
    const [command, ref = '', to = ''] = args;
    if (command !== 'update-ref') throw new Error(`no git ${args.join(' ')} here`);
    const lines =
      ref === '--stdin'
        ? String(given)
            .split('\n')
            .filter((line) => line !== '')
        : [`update ${ref} ${to}`];
    for (const line of lines) {
      const [, name = '', oid = ''] = line.split(' ');
      if (!name.startsWith('refs/pull/')) throw new Error(`no git update-ref ${name} here`);
      this.#refs.set(name, oid);
    }
    return Buffer.alloc(0);
  }

  async object(oid: string): Promise<GitObject | undefined> {
    return this.objects.read(oid);
  }

  async commit(oid: string) {
    return this.objects.commit(oid);
  }

  async tag(oid: string): Promise<TagObject | undefined> {
    const object = this.objects.read(oid);
    return object?.type === 'tag' ? parseTag(oid, object.content) : undefined;
  }

  async blob(oid: string): Promise<Buffer | undefined> {
    const object = this.objects.read(oid);
    return object?.type === 'blob' ? object.content : undefined;
  }

  async tree(oid: string): Promise<TreeEntry[] | undefined> {
    const entries = this.objects.tree(oid);
    return entries === undefined ? undefined : [...entries];
  }

  async peel(oid: string): Promise<string | undefined> {
    const object = this.objects.read(oid);
    if (object?.type === 'tag') return this.peel(parseTag(oid, object.content).object);
    return object?.type === 'commit' ? oid : undefined;
  }

  async treeRecursive(oid: string, prefix = ''): Promise<(TreeEntry & { readonly path: string })[]> {
    const all: (TreeEntry & { readonly path: string })[] = [];
    for (const entry of this.objects.tree(oid) ?? []) {
      const path = `${prefix}${entry.name}`;
      all.push({ ...entry, path });
      if (entry.type === 'tree') all.push(...(await this.treeRecursive(entry.oid, `${path}/`)));
    }
    return all;
  }

  async at(root: string, path: string): Promise<FoundPath | undefined> {
    const object = this.objects.read(root);
    if (object === undefined) return undefined;
    const oid = object.type === 'commit' ? (this.objects.commit(root)?.tree ?? '') : root;
    let found: FoundPath = { mode: '040000', type: 'tree', oid };
    for (const name of path.split('/').filter((part) => part !== '')) {
      const entries = found.type === 'tree' ? this.objects.tree(found.oid) : undefined;
      const entry = entries?.find((each) => each.name === name);
      if (entry === undefined) return undefined;
      found = { mode: entry.mode, type: entry.type, oid: entry.oid };
    }
    return found;
  }

  async write(type: ObjectType, content: Buffer): Promise<string> {
    return this.objects.write(type, content);
  }

  writeBlob(content: Buffer | string): Promise<string> {
    return this.write('blob', Buffer.from(content));
  }

  async writeTree(entries: readonly Omit<TreeEntry, 'type'>[]): Promise<string> {
    return this.objects.writeTree(entries);
  }

  writeCommit(commit: NewCommit): Promise<string> {
    return this.write('commit', serialiseCommit(commit));
  }

  writeTag(tag: Omit<TagObject, 'oid'>): Promise<string> {
    return this.write('tag', serialiseTag(tag));
  }

  editTree(base: string | undefined, changes: readonly TreeChange[]): Promise<string> {
    return editTree(this, base, changes);
  }

  async moveRefs(moves: readonly RefMove[]): Promise<void> {
    const wrong = moves.find(({ ref, from }) => (this.#refs.get(ref) ?? zeroOid) !== from);
    if (wrong !== undefined) throw new GitFailure(['update-ref'], 128, '', `cannot lock ref '${wrong.ref}'`);
    for (const { ref, to } of moves) {
      if (to === zeroOid) this.#refs.delete(ref);
      else this.#refs.set(ref, to);
    }
  }

  async readRefs(): Promise<Map<string, string>> {
    return new Map(this.#refs);
  }

  isAncestor(older: string, newer: string): Promise<boolean> {
    return this.#graph.isAncestor(older, newer);
  }

  mergeBase(a: string, b: string): Promise<string | undefined> {
    return this.#graph.mergeBase(a, b);
  }

  async aheadBehind(base: string, head: string) {
    const ahead = (await this.#graph.walk(head, [base])).length;
    return { ahead, behind: (await this.#graph.walk(base, [head])).length };
  }

  async log(
    tip: string,
    without: readonly string[] = [],
    options: LogOptions = {},
  ): Promise<readonly string[]> {
    const nodes = await this.#graph.walk(tip, without, options);
    const wanted =
      options.merges === undefined
        ? nodes
        : nodes.filter((node) => node.parents.length > 1 === options.merges);
    const slice = wanted.slice(0, options.most ?? wanted.length).map((node) => node.oid);
    return options.oldestFirst ? slice.toReversed() : slice;
  }

  /** Understands tips, `^tips`, `--reverse`, and paths. */
  async revList(args: readonly string[], paths: readonly string[] = []): Promise<readonly string[]> {
    const tips = args.filter((arg) => /^[0-9a-f]{40}$/.test(arg));
    const without = args.filter((arg) => arg.startsWith('^')).map((arg) => arg.slice(1));
    const unknown = args.filter((arg) => arg !== '--reverse' && !/^\^?[0-9a-f]{40}$/.test(arg));
    if (unknown.length > 0) throw new Error(`no git rev-list ${unknown.join(' ')} here`);
    const oids = await this.log(tips[0] ?? '', without);
    const touched = paths.length === 0 ? oids : await this.#touching(oids, paths);
    return args.includes('--reverse') ? touched.toReversed() : touched;
  }

  async #touching(oids: readonly string[], paths: readonly string[]): Promise<readonly string[]> {
    const found: string[] = [];
    for (const oid of oids) {
      const parent = this.objects.commit(oid)?.parents[0] ?? '';
      for (const path of paths) {
        if ((await this.at(oid, path))?.oid === (await this.at(parent, path))?.oid) continue;
        found.push(oid);
        break;
      }
    }
    return found;
  }

  async diff(base: string, head: string) {
    return diffTrees(this.objects, base, head);
  }

  async mergeTree(ours: string, theirs: string): Promise<string | undefined> {
    const base = await this.mergeBase(ours, theirs);
    if (base === ours) return this.objects.commit(theirs)?.tree;
    if (base === theirs) return this.objects.commit(ours)?.tree;
    return mergeTrees(this.objects, base, ours, theirs);
  }
}
