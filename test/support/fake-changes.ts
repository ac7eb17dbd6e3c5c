import type {
  ChangeFactsRead,
  ChangeRepository,
  CheckReport,
  MergeResult,
  PromotionOpening,
  PromotionPull,
} from '../../jobs/change/change-ports.ts';
import type { PullFacts, Pusher } from '../../src/domain/change/pull-facts.ts';
import type { CommitSha, GitHubLogin, RepoName } from '../../src/domain/ids.ts';

/** GitHub's side of changes in memory, with its compare-and-swap rules, for the tests of jobs. */
export class FakeChanges implements ChangeRepository {
  at = Date.parse('2026-03-02T10:00:00Z');
  baseHead: CommitSha;
  readonly pulls = new Map<number, PullFacts>();
  readonly tags = new Map<string, CommitSha>();
  readonly teams = new Map<string, readonly GitHubLogin[]>();
  readonly checks: CheckReport[] = [];
  /** Those of the check `conventions`. */
  readonly conventionChecks: CheckReport[] = [];
  readonly comments = new Map<string, string>();
  readonly merges: { readonly number: number; readonly head: CommitSha }[] = [];
  readonly opened: PromotionPull[] = [];
  pusher: Pusher = { kind: 'us' };
  /** The file that a promotion turns. */
  file = '';
  /** Runs before each call of a method, to change the world in between. */
  before: (method: keyof ChangeRepository) => void | Promise<void> = () => {};
  /** Runs after a write is done and before it is answered, to let the process die there. */
  done: (method: keyof ChangeRepository) => void = () => {};
  /** Opens the pull request of a promotion; without it every branch is somebody else's. */
  opens: ((plan: PromotionPull) => PullFacts) | undefined;
  /** What GitHub says to a merge instead of doing it. */
  refusal: Exclude<MergeResult, { kind: 'merged' }> | undefined;
  readonly enqueued: number[] = [];

  constructor(baseHead: CommitSha) {
    this.baseHead = baseHead;
  }

  async readChangeFacts(
    _repo: RepoName,
    wish: {
      readonly pulls: readonly number[];
      readonly branches: readonly string[];
      readonly tags: readonly string[];
    },
  ): Promise<ChangeFactsRead> {
    await this.before('readChangeFacts');
    const all = [...this.pulls.values()];
    const byBranch = new Map(
      wish.branches.flatMap((branch) => {
        const pull = all.findLast((each) => each.branch === branch);
        return pull === undefined ? [] : [[branch, pull.number] as const];
      }),
    );
    const wanted = new Set([...wish.pulls, ...byBranch.values()]);
    return {
      at: this.at,
      defaultBranch: 'main',
      baseHead: this.baseHead,
      pulls: new Map([...this.pulls].filter(([number]) => wanted.has(number))),
      byBranch,
      tags: new Map([...this.tags].filter(([tag]) => wish.tags.includes(tag))),
    };
  }

  async readPusher(): Promise<Pusher> {
    await this.before('readPusher');
    return this.pusher;
  }

  async readMergeBase(_repo: RepoName, base: CommitSha): Promise<CommitSha> {
    await this.before('readMergeBase');
    return base;
  }

  async readTeamMembers(_repo: RepoName, team: string): Promise<readonly GitHubLogin[] | undefined> {
    return this.teams.get(team);
  }

  /** Login -> the addresses that the organisation has verified. */
  readonly verified = new Map<string, readonly string[]>();

  async readVerifiedEmails(_repo: RepoName, login: GitHubLogin): Promise<readonly string[]> {
    return this.verified.get(login) ?? [];
  }

  async findVerifiedLogins(_repo: RepoName, email: string): Promise<readonly GitHubLogin[] | undefined> {
    return [...this.verified].flatMap(([login, emails]) =>
      emails.includes(email) ? [login as GitHubLogin] : [],
    );
  }

  async reportCheck(report: CheckReport): Promise<number> {
    await this.before('reportCheck');
    if (report.check === 'conventions') {
      this.conventionChecks.push(report);
      this.done('reportCheck');
      return report.id ?? this.conventionChecks.length;
    }
    this.checks.push(report);
    const id = report.id ?? this.checks.length;
    for (const [number, pull] of this.pulls) {
      if (pull.head !== report.head) continue;
      const { status, conclusion, title } = report;
      this.pulls.set(number, { ...pull, ownCheck: { id, status, conclusion, title } });
    }
    this.done('reportCheck');
    return id;
  }

  async merge({ number, head }: { readonly number: number; readonly head: CommitSha }): Promise<MergeResult> {
    await this.before('merge');
    const pull = this.pulls.get(number);
    if (pull === undefined || pull.head !== head) return { kind: 'head-moved' };
    if (this.refusal !== undefined) return this.refusal;
    if (pull.state !== 'open') return { kind: 'refused', message: 'Pull Request is not mergeable' };
    if (pull.ownCheck?.conclusion !== 'success')
      return { kind: 'refused', message: 'Required check is not green' };
    this.merges.push({ number, head });
    const merged = { commit: head, by: undefined, byUs: true, at: new Date(this.at).toISOString() };
    this.pulls.set(number, { ...pull, state: 'merged', merged });
    this.done('merge');
    return { kind: 'merged', commit: head };
  }

  async enqueue(_repo: RepoName, number: number): Promise<'queued'> {
    await this.before('enqueue');
    this.enqueued.push(number);
    const pull = this.pulls.get(number);
    if (pull) this.pulls.set(number, { ...pull, isInMergeQueue: true });
    return 'queued';
  }

  async close(_repo: RepoName, number: number): Promise<void> {
    await this.before('close');
    const pull = this.pulls.get(number);
    if (pull) this.pulls.set(number, { ...pull, state: 'closed' });
  }

  async comment(_repo: RepoName, number: number, key: string, markdown: string): Promise<void> {
    await this.before('comment');
    this.comments.set(`${number} ${key}`, markdown);
  }

  async editBody(): Promise<void> {}

  async readApprovalRule(): Promise<'pinned'> {
    await this.before('readApprovalRule');
    return 'pinned';
  }

  async readFile(): Promise<string | undefined> {
    return this.file;
  }

  async openPromotion(plan: PromotionPull): Promise<PromotionOpening> {
    await this.before('openPromotion');
    const standing = [...this.pulls.values()].find(({ branch }) => branch === plan.branch);
    if (standing?.ours)
      return { kind: 'opened', number: standing.number, head: standing.head, isMade: false };
    this.opened.push(plan);
    if (standing !== undefined || this.opens === undefined) return { kind: 'taken' };
    const pull = this.opens(plan);
    this.pulls.set(pull.number, pull);
    this.done('openPromotion');
    return { kind: 'opened', number: pull.number, head: pull.head, isMade: true };
  }
}
