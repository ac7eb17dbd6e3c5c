import type { ConventionPull, ConventionsRepository } from '../../jobs/conventions/convention-ports.ts';
import type { RepoName } from '../../src/domain/ids.ts';

/** GitHub's side of conventions in memory, for the tests of jobs. */
export class FakeConventions implements ConventionsRepository {
  readonly pulls = new Map<number, ConventionPull>();
  readonly titles: string[] = [];
  reads = 0;

  async readConventionPull(_repo: RepoName, number: number): Promise<ConventionPull | undefined> {
    this.reads += 1;
    return this.pulls.get(number);
  }

  async setTitle(_repo: RepoName, number: number, title: string): Promise<void> {
    this.titles.push(title);
    const pull = this.pulls.get(number);
    if (pull) this.pulls.set(number, { ...pull, title });
  }
}
