import type { CommitSha, RepoName } from '../../src/domain/ids.ts';
import type { JobDeps } from '../deps.ts';
import { READS_LAG_MS } from '../onboard/keys.ts';
import type { Log } from '../ports.ts';
import type { RolloutPart } from './rollout.ts';

type Deps = Pick<JobDeps, 'releases'> & { readonly log: Log };

/** So often it is asked about a commit: GitHub may not know yet what a cluster has fetched already. */
const MOST_ASKED = 2;

/** Finds out which of the commits that clusters show came after a merge. */
export class LaterCommits {
  readonly #deps: Deps;
  readonly #repo: RepoName;
  readonly #onNews: () => void;
  /** Merge and commit -> how often it was asked in vain; negative while the answer is awaited, or is known. */
  readonly #asked = new Map<string, number>();

  /** @param onNews told when a commit was found to be a later one, or may be asked about again. */
  constructor(deps: Deps, repo: RepoName, onNews: () => void) {
    this.#deps = deps;
    this.#repo = repo;
    this.#onNews = onNews;
  }

  /** Has a commit asked about unless it was; a later one is added to what is known of the merge. */
  learn({ pull, descendants }: RolloutPart, commit: CommitSha): void {
    const key = `${pull.commit} ${commit}`;
    const asked = this.#asked.get(key) ?? 0;
    if (asked < 0 || asked >= MOST_ASKED) return;
    this.#asked.set(key, -1);
    this.#deps.releases.isAncestor(this.#repo, pull.commit, commit).then(
      (isLater) => {
        if (!isLater) return this.#askLater(key, asked + 1);
        descendants.add(commit);
        this.#onNews();
      },
      (error: unknown) => {
        this.#deps.log.warn({ err: error, commit }, 'cannot tell whether a commit came after a merge');
        this.#askLater(key, asked);
      },
    );
  }

  #askLater(key: string, times: number): void {
    if (times >= MOST_ASKED) return;
    const again = () => {
      this.#asked.set(key, times);
      this.#onNews();
    };
    setTimeout(again, READS_LAG_MS).unref();
  }
}
