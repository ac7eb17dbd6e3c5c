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
  readonly comments = new Map<string, string>();
  readonly merges: { readonly number: number; readonly head: CommitSha }[] = [];
  readonly opened: PromotionPull[] = [];
  pusher: Pusher = { kind: 'us' };
  /** The file that a promotion turns. */
  file = '';
  /** Runs before each call of a method, to change the world in between. */
  before: (method: keyof ChangeRepository) => void = () => {};

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
    this.before('readChangeFacts');
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
    this.before('readPusher');
    return this.pusher;
  }

  async readMergeBase(_repo: RepoName, base: CommitSha): Promise<CommitSha> {
    return base;
  }

  async readTeamMembers(_repo: RepoName, team: string): Promise<readonly GitHubLogin[] | undefined> {
    return this.teams.get(team);
  }

  async readVerifiedEmails(): Promise<readonly string[]> {
    return [];
  }

  async reportCheck(report: CheckReport): Promise<number> {
    this.before('reportCheck');
    this.checks.push(report);
    const id = report.id ?? this.checks.length;
    for (const [number, pull] of this.pulls) {
      if (pull.head !== report.head) continue;
      const { status, conclusion, title } = report;
      this.pulls.set(number, { ...pull, ownCheck: { id, status, conclusion, title } });
    }
    return id;
  }

  async merge({ number, head }: { readonly number: number; readonly head: CommitSha }): Promise<MergeResult> {
    this.before('merge');
    const pull = this.pulls.get(number);
    if (pull === undefined || pull.head !== head) return { kind: 'head-moved' };
    if (pull.ownCheck?.conclusion !== 'success')
      return { kind: 'refused', message: 'Required check is not green' };
    this.merges.push({ number, head });
    const merged = { commit: head, by: undefined, byUs: true, at: new Date(this.at).toISOString() };
    this.pulls.set(number, { ...pull, state: 'merged', merged });
    return { kind: 'merged', commit: head };
  }

  async enqueue(): Promise<'queued'> {
    return 'queued';
  }

  async close(_repo: RepoName, number: number): Promise<void> {
    const pull = this.pulls.get(number);
    if (pull) this.pulls.set(number, { ...pull, state: 'closed' });
  }

  async comment(_repo: RepoName, number: number, key: string, markdown: string): Promise<void> {
    this.comments.set(`${number} ${key}`, markdown);
  }

  async editBody(): Promise<void> {}

  async readApprovalRule(): Promise<'pinned'> {
    return 'pinned';
  }

  async readFile(): Promise<string | undefined> {
    return this.file;
  }

  async openPromotion(plan: PromotionPull): Promise<PromotionOpening> {
    this.opened.push(plan);
    return { kind: 'taken' };
  }
}
