import type { Log, PlatformRepository } from '../../../jobs/ports.ts';
import { createGitHubClient } from './client.ts';
import { createdByUs } from './created-by-us.ts';
import type { GitHubContext } from './github-context.ts';
import { createIdBook } from './id-book.ts';
import { labelAndAskForReview } from './label-and-ask-for-review.ts';
import type { Limiter } from './limiter.ts';
import type { OctokitFor } from './octokit-like.ts';
import { openPullRequest } from './open-pull-request.ts';
import { readPull } from './read-pull.ts';
import { readPulse } from './read-pulse.ts';
import { readRequestFacts } from './read-request-facts.ts';
import { readSnapshot } from './read-snapshot.ts';
import { releaseBranch } from './release-branch.ts';
import { reserveBranch } from './reserve-branch.ts';
import { createTextCache } from './text-cache.ts';

export interface PlatformRepositoryOptions {
  readonly octokitFor: OctokitFor;
  readonly limiter: Limiter;
  readonly log: Log;
  /** The App's slug as GitHub tells it (`GET /app`). */
  readonly appSlug: string;
  /** Milliseconds for one request; default 10,000. */
  readonly timeoutMs?: number;
  /** Milliseconds since the epoch; default `Date.now`. Used only where GitHub's answer bears no date. */
  readonly now?: () => number;
  /** Milliseconds on a clock that never jumps; default `performance.now`. */
  readonly monotonic?: () => number;
}

/** Bytes of texts kept from one snapshot to the next. */
const TEXTS_BYTES = 16 * 1024 * 1024;

/** The platform repository on GitHub, through an installation of the App. */
export function createPlatformRepository(options: PlatformRepositoryOptions): PlatformRepository {
  const { appSlug, log, monotonic = () => performance.now() } = options;
  const context: GitHubContext = {
    client: createGitHubClient(options),
    ids: createIdBook(monotonic),
    appSlug,
    log,
    monotonic,
  };
  const memory = { texts: createTextCache(TEXTS_BYTES), trees: new Map() };
  const missed = new Map<string, number>();
  return {
    readSnapshot: (repo) => readSnapshot(context, memory, repo),
    readRequestFacts: (repo, name) => readRequestFacts(context, repo, name),
    createdByUs: (repo, branch) => createdByUs(context, missed, repo, branch),
    reserveBranch: (repo, name, branch, at) => reserveBranch(context, repo, name, branch, at),
    releaseBranch: (repo, branch, at) => releaseBranch(context, repo, branch, at),
    openPullRequest: (plan) => openPullRequest(context, plan),
    labelAndAskForReview: (wish) => labelAndAskForReview(context, wish),
    readPull: (repo, number) => readPull(context, repo, number),
    readPulse: (repo) => readPulse(context, repo),
  };
}
