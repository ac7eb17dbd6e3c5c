import type { CheckReport } from '../../jobs/change/change-ports.ts';
import type { ConventionPull, ConventionsRepository } from '../../jobs/conventions/convention-ports.ts';
import type { RepoName } from '../../src/domain/ids.ts';

/** GitHub's side of conventions in memory, for the tests of jobs. */
export class FakeConventions implements ConventionsRepository {
  readonly pulls = new Map<number, ConventionPull>();
  readonly titles: string[] = [];
  readonly checks: CheckReport[] = [];
  readonly comments = new Map<string, string>();
  /** Runs before each check is reported, to let the process die there. */
  before: () => void = () => {};

  async readConventionPull(_repo: RepoName, number: number): Promise<ConventionPull | undefined> {
    return this.pulls.get(number);
  }

  reportConventions = async (report: CheckReport): Promise<number> => {
    this.before();
    this.checks.push(report);
    for (const [number, pull] of this.pulls) {
      if (pull.head === report.head) this.pulls.set(number, { ...pull, reported: report.externalId });
    }
    return this.checks.length;
  };

  async commentConventions(_repo: RepoName, number: number, key: string, markdown: string): Promise<void> {
    this.comments.set(`${number} ${key}`, markdown);
  }

  async setTitle(_repo: RepoName, number: number, title: string): Promise<void> {
    this.titles.push(title);
    const pull = this.pulls.get(number);
    if (pull) this.pulls.set(number, { ...pull, title });
  }
}
