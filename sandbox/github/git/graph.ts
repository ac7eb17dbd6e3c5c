import type { CommitObject } from './objects.ts';

type ReadCommit = (oid: string) => Promise<CommitObject | undefined>;

interface Node {
  readonly oid: string;
  readonly parents: readonly string[];
  /** Of the committer, since the epoch. */
  readonly seconds: number;
}

export interface WalkOptions {
  readonly firstParent?: boolean;
}

/** Answers about the commit graph, in this process: a git command for each would cost more than all the rest. */
export class Graph {
  readonly #read: ReadCommit;
  readonly #nodes = new Map<string, Node>();

  constructor(read: ReadCommit) {
    this.#read = read;
  }

  async isAncestor(older: string, newer: string): Promise<boolean> {
    const seen = new Set([newer]);
    for (const oid of seen) {
      if (oid === older) return true;
      for (const parent of (await this.#node(oid)).parents) seen.add(parent);
    }
    return false;
  }

  /** The best common ancestor; of several the newest. Undefined when the histories are unrelated. */
  async mergeBase(a: string, b: string): Promise<string | undefined> {
    const known = await this.ancestors([a]);
    const candidates: Node[] = [];
    const seen = new Set([b]);
    for (const oid of seen) {
      const node = await this.#node(oid);
      if (known.has(oid)) candidates.push(node);
      else for (const parent of node.parents) seen.add(parent);
    }
    const best: Node[] = [];
    for (const node of candidates) {
      const others = candidates.filter((other) => other !== node);
      const covered = await Promise.all(others.map((other) => this.isAncestor(node.oid, other.oid)));
      if (!covered.includes(true)) best.push(node);
    }
    return best.toSorted((x, y) => y.seconds - x.seconds)[0]?.oid;
  }

  /** What is reachable from some commits, themselves included. */
  async ancestors(tips: readonly string[]): Promise<ReadonlySet<string>> {
    const seen = new Set(tips);
    for (const oid of seen) for (const parent of (await this.#node(oid)).parents) seen.add(parent);
    return seen;
  }

  /** Commits reachable from the tip and from none of the others, in git's order: the newest that is in reach first. */
  async walk(tip: string, without: readonly string[], options: WalkOptions = {}): Promise<Node[]> {
    const seen = new Set(await this.ancestors(without));
    const found: Node[] = [];
    const frontier: Node[] = seen.has(tip) ? [] : [await this.#node(tip)];
    seen.add(tip);
    for (let node = frontier.shift(); node; node = frontier.shift()) {
      found.push(node);
      const parents = options.firstParent ? node.parents.slice(0, 1) : node.parents;
      for (const oid of parents.filter((parent) => !seen.has(parent))) {
        seen.add(oid);
        const parent = await this.#node(oid);
        const at = frontier.findIndex((each) => each.seconds < parent.seconds);
        frontier.splice(at < 0 ? frontier.length : at, 0, parent);
      }
    }
    return found;
  }

  async #node(oid: string): Promise<Node> {
    const known = this.#nodes.get(oid);
    if (known) return known;
    const commit = await this.#read(oid);
    if (!commit) throw new Error(`failed to read commit ${oid}`);
    const node = { oid, parents: commit.parents, seconds: commit.committer.seconds };
    this.#nodes.set(oid, node);
    return node;
  }
}
