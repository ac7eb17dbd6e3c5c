import { CatFile, type GitObject, type ObjectType } from './git/cat-file.ts';
import { type DiffFile, diffTrees } from './git/diff.ts';
import { editTree, type TreeChange } from './git/edit-tree.ts';
import { Graph } from './git/graph.ts';
import { writeLoose } from './git/loose.ts';
import {
  type CommitObject,
  type NewCommit,
  parseCommit,
  parseTag,
  parseTree,
  serialiseCommit,
  serialiseTag,
  serialiseTree,
  type TagObject,
  type TreeEntry,
} from './git/objects.ts';
import { GitFailure, runGit } from './git/run.ts';

export const zeroOid = '0'.repeat(40);

export interface RefMove {
  readonly ref: string;
  /** `zeroOid` deletes. */
  readonly to: string;
  /** What it must be now; `zeroOid` when it must not exist. */
  readonly from: string;
}

export interface LogOptions {
  readonly oldestFirst?: boolean;
  readonly firstParent?: boolean;
  /** Only merges, or only others. */
  readonly merges?: boolean;
  readonly most?: number;
}

export interface FoundPath {
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly oid: string;
}

/** Git over one bare repository: objects are read and written in this process, the rest is git's own commands. */
export class Git {
  readonly dir: string;
  readonly #reader: CatFile;
  readonly #graph = new Graph((oid) => this.commit(oid));
  readonly #memo = new Map<string, Promise<unknown>>();

  constructor(dir: string) {
    this.dir = dir;
    this.#reader = new CatFile(dir);
  }

  close(): Promise<void> {
    return this.#reader.close();
  }

  run(args: readonly string[], input?: string | Buffer): Promise<Buffer> {
    return runGit(this.dir, args, input);
  }

  object(oid: string): Promise<GitObject | undefined> {
    return this.#reader.read(oid);
  }

  async commit(oid: string): Promise<CommitObject | undefined> {
    const object = await this.object(oid);
    return object?.type === 'commit' ? parseCommit(object.oid, object.content) : undefined;
  }

  async tag(oid: string): Promise<TagObject | undefined> {
    const object = await this.object(oid);
    return object?.type === 'tag' ? parseTag(object.oid, object.content) : undefined;
  }

  async blob(oid: string): Promise<Buffer | undefined> {
    const object = await this.object(oid);
    return object?.type === 'blob' ? object.content : undefined;
  }

  /** A tree's own entries; of a commit the root's. */
  async tree(oid: string): Promise<TreeEntry[] | undefined> {
    const object = await this.object(oid);
    if (object?.type === 'commit') return this.tree(parseCommit(oid, object.content).tree);
    return object?.type === 'tree' ? parseTree(object.content) : undefined;
  }

  /** The commit that an object stands for: itself, or what an annotated tag points to in the end. */
  async peel(oid: string): Promise<string | undefined> {
    const object = await this.object(oid);
    if (object?.type === 'tag') return this.peel(parseTag(oid, object.content).object);
    return object?.type === 'commit' ? oid : undefined;
  }

  /** Every entry below a tree, directories before what is in them. */
  async treeRecursive(oid: string, prefix = ''): Promise<(TreeEntry & { readonly path: string })[]> {
    const all: (TreeEntry & { readonly path: string })[] = [];
    for (const entry of (await this.tree(oid)) ?? []) {
      const path = `${prefix}${entry.name}`;
      all.push({ ...entry, path });
      if (entry.type === 'tree') all.push(...(await this.treeRecursive(entry.oid, `${path}/`)));
    }
    return all;
  }

  /** What is at a path of a commit or tree; '' is the root. */
  async at(root: string, path: string): Promise<FoundPath | undefined> {
    const object = await this.object(root);
    if (!object) return undefined;
    const oid = object.type === 'commit' ? parseCommit(root, object.content).tree : root;
    let found: FoundPath = { mode: '040000', type: 'tree', oid };
    for (const name of path.split('/').filter((part) => part !== '')) {
      const entry =
        found.type === 'tree' ? (await this.tree(found.oid))?.find((each) => each.name === name) : undefined;
      if (!entry) return undefined;
      found = { mode: entry.mode, type: entry.type, oid: entry.oid };
    }
    return found;
  }

  write(type: ObjectType, content: Buffer): Promise<string> {
    return writeLoose(this.dir, type, content);
  }

  writeBlob(content: Buffer | string): Promise<string> {
    return this.write('blob', Buffer.from(content));
  }

  writeTree(entries: readonly Omit<TreeEntry, 'type'>[]): Promise<string> {
    return this.write('tree', serialiseTree(entries));
  }

  writeCommit(commit: NewCommit): Promise<string> {
    return this.write('commit', serialiseCommit(commit));
  }

  writeTag(tag: Omit<TagObject, 'oid'>): Promise<string> {
    return this.write('tag', serialiseTag(tag));
  }

  /** The tree that results from changing these paths; directories left empty vanish. */
  editTree(base: string | undefined, changes: readonly TreeChange[]): Promise<string> {
    return editTree(this, base, changes);
  }

  /**
   * Moves refs, all or none.
   *
   * @throws GitFailure when one is not at `from`, or cannot exist beside another.
   */
  async moveRefs(moves: readonly RefMove[]): Promise<void> {
    const lines = moves.map((move) =>
      move.to === zeroOid
        ? `delete ${move.ref}\0${move.from}`
        : `update ${move.ref}\0${move.to}\0${move.from}`,
    );
    await this.run(['update-ref', '-z', '--stdin'], `${lines.join('\0')}\0`);
  }

  async readRefs(): Promise<Map<string, string>> {
    const text = (await this.run(['for-each-ref', '--format=%(objectname) %(refname)'])).toString('utf8');
    const lines = text.split('\n').filter((line) => line !== '');
    return new Map(lines.map((line) => [line.slice(41), line.slice(0, 40)]));
  }

  isAncestor(older: string, newer: string): Promise<boolean> {
    return this.#graph.isAncestor(older, newer);
  }

  mergeBase(a: string, b: string): Promise<string | undefined> {
    return this.#once(`base ${a} ${b}`, () => this.#graph.mergeBase(a, b));
  }

  /** How many commits only the head has, and how many only the base. */
  async aheadBehind(
    base: string,
    head: string,
  ): Promise<{ readonly ahead: number; readonly behind: number }> {
    const [ahead, behind] = await Promise.all([
      this.#graph.walk(head, [base]),
      this.#graph.walk(base, [head]),
    ]);
    return { ahead: ahead.length, behind: behind.length };
  }

  /** Ids of commits that are in the tip's history and in none of the others', newest first. */
  log(tip: string, without: readonly string[] = [], options: LogOptions = {}): Promise<readonly string[]> {
    return this.#once(`log ${tip} ${without.join(' ')} ${JSON.stringify(options)}`, async () => {
      const nodes = await this.#graph.walk(tip, without, options);
      const wanted =
        options.merges === undefined
          ? nodes
          : nodes.filter((node) => node.parents.length > 1 === options.merges);
      const slice = wanted.slice(0, options.most ?? wanted.length).map((node) => node.oid);
      return options.oldestFirst ? slice.toReversed() : slice;
    });
  }

  /** Ids of commits, newest first, by the arguments of `git rev-list` (object ids and options; no user's text). */
  revList(args: readonly string[], paths: readonly string[] = []): Promise<readonly string[]> {
    const tail = paths.length > 0 ? ['--', ...paths.map((path) => `:(literal)${path}`)] : ['--'];
    return this.#once(`list ${args.join(' ')} ${tail.join(' ')}`, async () => {
      const text = (await this.run(['rev-list', ...args, ...tail])).toString('utf8');
      return text.split('\n').filter((line) => line !== '');
    });
  }

  diff(base: string, head: string): Promise<readonly DiffFile[]> {
    return this.#once(`diff ${base} ${head}`, () => diffTrees(this.dir, base, head));
  }

  /** The merged tree of two commits; undefined when they conflict. */
  mergeTree(ours: string, theirs: string): Promise<string | undefined> {
    return this.#once(`merge ${ours} ${theirs}`, async () => {
      const base = await this.mergeBase(ours, theirs);
      if (base === ours) return (await this.commit(theirs))?.tree;
      if (base === theirs) return (await this.commit(ours))?.tree;
      const args = [
        'merge-tree',
        '--write-tree',
        '--no-messages',
        '--allow-unrelated-histories',
        ours,
        theirs,
      ];
      const text = await this.run(args).catch(unlessExitCode(1, undefined));
      return text?.toString('utf8').trim().slice(0, 40);
    });
  }

  /** Objects never change, so neither do answers about them. */
  #once<T>(key: string, make: () => Promise<T>): Promise<T> {
    const known = this.#memo.get(key);
    if (known) return known as Promise<T>;
    if (this.#memo.size > 5_000) this.#memo.clear();
    const fresh = make();
    this.#memo.set(key, fresh);
    fresh.catch(() => this.#memo.delete(key));
    return fresh;
  }
}

function unlessExitCode<T>(code: number, value: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof GitFailure && error.code === code) return value;
    throw error;
  };
}
