import type { OpenPull, PlatformRepository, Pulse, Snapshot } from '../../jobs/ports.ts';
import { parseTrailers } from '../../src/domain/convention.ts';
import type { CommitSha, RepoName, RequestId } from '../../src/domain/ids.ts';
import type { PlatformFiles } from '../../src/domain/platform.ts';
import type { RequestFacts, RequestPull } from '../../src/domain/request-state.ts';
import { AmbiguousWriteError, RetryableError } from '../../src/errors.ts';

interface Branch {
  head: CommitSha;
  creator: 'us' | 'them';
  requestId: RequestId | undefined;
  bare: boolean;
  /** Paths of the commit that the App put on it. */
  paths: readonly string[];
}

export type Method = keyof PlatformRepository;

/** What befalls a call: nothing done and an error, or done and an unclear answer. */
export type Mishap = 'fails' | 'done-but-unclear';

/** A GitHub in memory with the same compare-and-swap rules as the real one, for the tests of jobs. */
export class FakeGitHub implements PlatformRepository {
  readonly branches = new Map<string, Branch>();
  readonly pulls: RequestPull[] = [];
  readonly calls: Method[] = [];
  /** Open pull requests, as a snapshot tells of them. */
  readonly openPulls: OpenPull[] = [];
  readonly wishes: { number: number; labels: readonly string[] }[] = [];
  base: CommitSha;
  /** GitHub's clock, in milliseconds since the epoch. */
  at = Date.parse('2026-01-02T00:00:00Z');
  /** Releases of which the pulse tells, newest first. */
  releases: () => Pulse['releases'] = () => [];
  /** What befalls the next calls of a method, first to last. */
  readonly mishaps = new Map<Method, Mishap[]>();
  /** Runs before each call is done, to change the world in between. */
  before: (method: Method) => void = () => {};
  #files: PlatformFiles;
  #commits = 0;

  constructor(files: PlatformFiles) {
    this.#files = files;
    this.base = files.commit;
  }

  async readSnapshot(repo: RepoName): Promise<Snapshot> {
    return this.#read('readSnapshot', () => ({
      repo,
      files: { ...this.#files, commit: this.base },
      openRequests: [],
      openPulls: [...this.openPulls],
      readAt: 0,
    }));
  }

  async readRequestFacts(repo: RepoName, name: string): Promise<RequestFacts> {
    return this.#read('readRequestFacts', () => this.#facts(repo, name));
  }

  async createdByUs(_repo: RepoName, branch: string): Promise<boolean> {
    return this.#read('createdByUs', () => this.branches.get(branch)?.creator === 'us');
  }

  reserveBranch: PlatformRepository['reserveBranch'] = (repo, name, branch, at) =>
    this.#write('reserveBranch', () => {
      if (this.branches.has(branch)) return { kind: 'taken' };
      this.branches.set(branch, { head: at, creator: 'us', requestId: undefined, bare: true, paths: [] });
      const facts = this.#facts(repo, name);
      return { kind: 'reserved', facts: { ...facts, createdByUs: new Map([[branch, true]]) } };
    });

  releaseBranch: PlatformRepository['releaseBranch'] = (_repo, branch, at) =>
    this.#write('releaseBranch', () => {
      if (this.branches.get(branch)?.head === at) this.branches.delete(branch);
    });

  openPullRequest: PlatformRepository['openPullRequest'] = (plan) =>
    this.#write('openPullRequest', () => {
      const branch = this.branches.get(plan.branch);
      if (!branch) throw new Error(`no branch ${plan.branch}`);
      if (plan.commit) {
        if (branch.head !== plan.commit.onTopOf) return { kind: 'lost-race', step: 'commit' };
        const { requestId } = parseTrailers(plan.commit.body);
        Object.assign(branch, { head: this.commit(), requestId, bare: false });
        branch.paths = plan.commit.files.map((file) => file.path);
      }
      if (this.pulls.some((pull) => pull.branch === plan.branch && pull.state === 'open')) {
        return { kind: 'lost-race', step: 'pull-request' };
      }
      return { kind: 'opened', pull: this.#open(plan.repo, plan.branch, plan.title, plan.body, branch) };
    });

  labelAndAskForReview: PlatformRepository['labelAndAskForReview'] = (wish) =>
    this.#write('labelAndAskForReview', () => {
      this.wishes.push({ number: wish.number, labels: wish.labels });
      return { unknown: [] };
    });

  async readPull(_repo: RepoName, number: number): Promise<RequestPull | undefined> {
    return this.#read('readPull', () => this.pulls.find((pull) => pull.number === number));
  }

  readPulse: PlatformRepository['readPulse'] = () =>
    this.#read('readPulse', () => ({
      head: this.base,
      at: this.at,
      pulls: this.pulls.map(({ number, branch, ours, state, updatedAt }) => {
        return { number, branch, ours, isOpen: state === 'open', updatedAt };
      }),
      issues: [],
      releases: this.releases(),
    }));

  /** A new commit id. */
  commit(): CommitSha {
    this.#commits += 1;
    return this.#commits.toString(16).padStart(40, '0') as CommitSha;
  }

  /** Changes a pull request as a person at GitHub would. */
  change(number: number, over: Partial<RequestPull>): void {
    const index = this.pulls.findIndex((pull) => pull.number === number);
    const pull = this.pulls[index];
    if (!pull) throw new Error(`no pull request #${number}`);
    const minute = Number(pull.updatedAt.slice(14, 16)) + 1;
    this.pulls[index] = {
      ...pull,
      updatedAt: `2026-01-02T00:${String(minute).padStart(2, '0')}:00Z`,
      ...over,
    };
  }

  #open(repo: RepoName, name: string, title: string, body: string, branch: Branch): RequestPull {
    const number = this.pulls.length + 1;
    const pull: RequestPull = {
      repo,
      number,
      url: `https://git.example/${repo}/pull/${number}`,
      title,
      branch: name,
      head: branch.head,
      state: 'open',
      ours: true,
      requestId: branch.requestId,
      requestedBy: parseTrailers(body).requestedBy,
      endedBy: undefined,
      reviews: [],
      createdAt: '2026-01-02T00:00:00Z',
      updatedAt: '2026-01-02T00:00:00Z',
      labels: [],
      paths: branch.paths,
      awaitedReviewers: [],
    };
    this.pulls.push(pull);
    return pull;
  }

  #facts(repo: RepoName, name: string): RequestFacts {
    const isNamed = (branch: string) => branch === `tenant-${name}` || branch.startsWith(`tenant-${name}-`);
    return {
      repo,
      defaultBranch: 'main',
      base: this.base,
      branches: [...this.branches]
        .filter(([branch]) => isNamed(branch))
        .map(([branch, { head, requestId, bare }]) => ({ name: branch, head, requestId, bare })),
      pulls: this.pulls.filter((pull) => isNamed(pull.branch)),
      createdByUs: new Map(),
    };
  }

  async #read<Answer>(method: Method, read: () => Answer): Promise<Answer> {
    this.calls.push(method);
    this.before(method);
    if (this.mishaps.get(method)?.shift()) throw new RetryableError(`${method} failed`);
    return read();
  }

  async #write<Answer>(method: Method, write: () => Answer): Promise<Answer> {
    this.calls.push(method);
    this.before(method);
    const mishap = this.mishaps.get(method)?.shift();
    if (mishap === 'fails') throw new AmbiguousWriteError(`${method} failed`);
    const answer = write();
    if (mishap === 'done-but-unclear') throw new AmbiguousWriteError(`${method} is unclear`);
    return answer;
  }
}
