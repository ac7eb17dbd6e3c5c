import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { gitEnvironment } from './run.ts';

export type ObjectType = 'commit' | 'tree' | 'blob' | 'tag';

export interface GitObject {
  readonly oid: string;
  readonly type: ObjectType;
  readonly content: Buffer;
}

interface Waiting {
  readonly resolve: (object: GitObject | undefined) => void;
  readonly reject: (error: Error) => void;
}

const cachedObjects = 20_000;
const cachedBytes = 128 * 1024;

/** Reads objects through one `git cat-file --batch` that stays open; objects never change, so they are kept. */
export class CatFile {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting: Waiting[] = [];
  readonly #cache = new Map<string, GitObject>();
  #buffer: Buffer = Buffer.alloc(0);

  constructor(dir: string) {
    this.#child = spawn('git', ['cat-file', '--batch'], { cwd: dir, env: gitEnvironment });
    this.#child.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#child.stdin.on('error', () => undefined);
    this.#child.on('close', () => {
      for (const each of this.#waiting.splice(0)) each.reject(new Error('git cat-file ended'));
    });
  }

  /** The object of this id; undefined when there is none. */
  read(oid: string): Promise<GitObject | undefined> {
    const known = this.#cache.get(oid);
    if (known) return Promise.resolve(known);
    if (!/^[0-9a-f]{40}$/.test(oid)) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#child.stdin.write(`${oid}\n`);
    });
  }

  close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      this.#child.once('close', () => resolve());
      this.#child.stdin.end();
    });
  }

  #take(chunk: Buffer): void {
    this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const end = this.#buffer.indexOf(10);
      if (end < 0) return;
      const [oid = '', type = '', size] = this.#buffer.subarray(0, end).toString('utf8').split(' ');
      if (size === undefined) {
        this.#answer(end + 1, undefined);
        continue;
      }
      const stop = end + 1 + Number(size);
      if (this.#buffer.length <= stop) return;
      const content = Buffer.from(this.#buffer.subarray(end + 1, stop));
      if (isObjectType(type)) this.#answer(stop + 1, { oid, type, content });
      else this.#answer(stop + 1, undefined);
    }
  }

  #answer(length: number, object: GitObject | undefined): void {
    this.#buffer = this.#buffer.subarray(length);
    if (object && object.content.length <= cachedBytes) {
      if (this.#cache.size >= cachedObjects) this.#cache.clear();
      this.#cache.set(object.oid, object);
    }
    this.#waiting.shift()?.resolve(object);
  }
}

function isObjectType(type: string): type is ObjectType {
  return type === 'commit' || type === 'tree' || type === 'blob' || type === 'tag';
}
