import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { World } from '../../sandbox/world.ts';

const run = promisify(execFile);

/** The sandbox's bare repository, read with git itself. */
export class Repository {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Runs git in the bare repository; returns what it prints. */
  async git(...args: readonly string[]): Promise<string> {
    const { stdout } = await run('git', ['--git-dir', this.#world.github.world.git.dir, ...args], {
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout.trimEnd();
  }

  async branches(pattern = ''): Promise<readonly string[]> {
    const list = await this.git('for-each-ref', '--format=%(refname:short)', 'refs/heads');
    return list.split('\n').filter((name) => name.includes(pattern));
  }

  /** The commits that a branch has beyond the default one, newest first. */
  async ownCommits(branch: string): Promise<readonly string[]> {
    const list = await this.git('rev-list', branch, '^main');
    return list === '' ? [] : list.split('\n');
  }

  /** Pull requests from branches of this name (`tenant-x`, `tenant-x-2`, …), as the sandbox holds them. */
  pulls(branch: string) {
    return [...this.#world.github.world.state.pulls.values()].filter(
      (pull) => pull.headRef === branch || pull.headRef.startsWith(`${branch}-`),
    );
  }

  pull(branch: string) {
    const [pull, ...others] = this.pulls(branch);
    if (!pull || others.length > 0)
      throw new Error(`${others.length + (pull ? 1 : 0)} pull requests from ${branch}`);
    return pull;
  }
}
