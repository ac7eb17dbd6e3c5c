import type { RequestCommitPlan, Requests } from '../../jobs/request/request-ports.ts';
import { readRequestChange } from '../../src/domain/convention.ts';
import type { CommitSha } from '../../src/domain/ids.ts';
import type { IssueFacts } from '../../src/domain/request/issue-request.ts';
import type { StandingRequest } from '../../src/domain/request/standing-request.ts';
import { AmbiguousWriteError } from '../../src/errors.ts';
import type { Mishap } from './fake-github.ts';
import type { FakeReleases } from './fake-releases.ts';

/** A request that stands at a GitHub in memory, with the same compare-and-swap rule as the real one. */
export class FakeRequests implements Requests {
  readonly commits: RequestCommitPlan[] = [];
  readonly mishaps = new Map<keyof Requests, Mishap[]>();
  standing: StandingRequest | undefined;
  /** Runs before each call is done, to change the world in between. */
  before: (method: keyof Requests) => void = () => {};
  readonly #releases: FakeReleases;

  constructor(releases: FakeReleases) {
    this.#releases = releases;
  }

  issue: IssueFacts | undefined;

  async readIssue(): Promise<IssueFacts | undefined> {
    return this.issue;
  }

  async readStanding(): Promise<StandingRequest | undefined> {
    this.before('readStanding');
    return this.standing;
  }

  async commit(plan: RequestCommitPlan): Promise<'committed' | 'stale'> {
    return this.#write('commit', () => {
      if (plan.onTopOf !== this.standing?.pull.head) return 'stale';
      this.commits.push(plan);
      this.push(plan.writes, plan.deletes, `${plan.headline}\n\n${plan.body}`, true);
      return 'committed';
    });
  }

  async describe(_repo: string, _number: number, texts: { title: string; body: string }): Promise<void> {
    await this.#write('describe', () => {
      if (this.standing === undefined) return;
      const { pull } = this.standing;
      this.standing = { ...this.standing, body: texts.body, pull: { ...pull, title: texts.title } };
    });
  }

  /** Puts a commit on the branch, as anybody may. */
  push(
    writes: readonly { readonly path: string; readonly content: string }[],
    deletes: readonly string[],
    message: string,
    ours = false,
  ): void {
    if (this.standing === undefined) throw new Error('nothing stands');
    const { pull, commits } = this.standing;
    const sha = `${commits.length + 1}`.padEnd(40, 'd') as CommitSha;
    const files = this.#releases.commits.get(pull.head);
    const oids = new Map(files?.oids);
    for (const { path, content } of writes) {
      oids.set(path, content);
      this.#releases.blobs.set(content, content);
    }
    for (const path of deletes) oids.delete(path);
    this.#releases.commits.set(sha, {
      files: { commit: sha, defaultBranch: 'main', paths: [...oids.keys()], texts: new Map() },
      oids,
    });
    const changeId = ours ? readRequestChange(message) : undefined;
    this.standing = {
      ...this.standing,
      pull: { ...pull, head: sha },
      commits: [...commits, { sha, ours, changeId, message }],
    };
  }

  async #write<Answer>(method: keyof Requests, write: () => Answer): Promise<Answer> {
    this.before(method);
    const mishap = this.mishaps.get(method)?.shift();
    if (mishap === 'fails') throw new AmbiguousWriteError(`${method} failed`);
    const answer = write();
    if (mishap === 'done-but-unclear') throw new AmbiguousWriteError(`${method} is unclear`);
    return answer;
  }
}
