import type { MergedPull, Merges } from '../../jobs/rollout/rollout-ports.ts';

/** Merged pull requests in memory, for the tests of jobs. */
export class FakeMerges implements Merges {
  readonly pulls: MergedPull[] = [];
  /** GitHub's clock, in milliseconds since the epoch. */
  at = Date.now();

  readMerges: Merges['readMerges'] = async (_repo, { recent, numbers }) => {
    const newest = this.pulls.toSorted((a, b) => b.at - a.at).slice(0, recent);
    const named = this.pulls.filter(({ number }) => numbers.includes(number));
    return {
      at: this.at,
      defaultBranch: 'main',
      merges: new Map([...newest, ...named].map((pull) => [pull.number, pull])),
    };
  };
}
