import type { ChangeRepository } from '../../../jobs/change/change-ports.ts';
import type { ConventionsRepository } from '../../../jobs/conventions/convention-ports.ts';
import type { Log, PlatformRepository } from '../../../jobs/ports.ts';
import type { ReleaseRepository } from '../../../jobs/release/release-ports.ts';
import type { Merges } from '../../../jobs/rollout/rollout-ports.ts';
import { createChangeRepository } from './change/change-repository.ts';
import { createGitHubClient } from './client.ts';
import { createConventionsRepository } from './conventions/conventions-repository.ts';
import { createTag } from './create-tag.ts';
import { createdByUs } from './created-by-us.ts';
import { generateNotes } from './generate-notes.ts';
import type { GitHubContext } from './github-context.ts';
import { createIdBook } from './id-book.ts';
import { isAncestor } from './is-ancestor.ts';
import { joinQueries } from './join-queries.ts';
import { labelAndAskForReview } from './label-and-ask-for-review.ts';
import type { Limiter } from './limiter.ts';
import type { OctokitFor } from './octokit-like.ts';
import { openPullRequest } from './open-pull-request.ts';
import { publishRelease } from './publish-release.ts';
import { readBlobs } from './read-blobs.ts';
import { readCommitFiles } from './read-commit-files.ts';
import { readMerges } from './read-merges.ts';
import { readNotes } from './read-notes.ts';
import { readPull } from './read-pull.ts';
import { readPulse } from './read-pulse.ts';
import { readRange } from './read-range.ts';
import { readRelease } from './read-release.ts';
import { readReleaseFacts } from './read-release-facts.ts';
import { readRequestFacts } from './read-request-facts.ts';
import { readSnapshot } from './read-snapshot.ts';
import { releaseBranch } from './release-branch.ts';
import { createRepositoryMemory } from './repository-memory.ts';
import { reserveBranch } from './reserve-branch.ts';

export interface PlatformRepositoryOptions {
  readonly octokitFor: OctokitFor;
  readonly limiter: Limiter;
  readonly log: Log;
  /** The App's slug as GitHub tells it (`GET /app`). */
  readonly appSlug: string;
  readonly appId: number;
  /** Milliseconds for one request; default 10,000. */
  readonly timeoutMs?: number;
  /** Milliseconds since the epoch; default `Date.now`. Used only where GitHub's answer bears no date. */
  readonly now?: () => number;
  /** Milliseconds on a clock that never jumps; default `performance.now`. */
  readonly monotonic?: () => number;
}

/** The platform repository on GitHub, through an installation of the App. */
export function createPlatformRepository(
  options: PlatformRepositoryOptions,
): PlatformRepository & ReleaseRepository & ChangeRepository & ConventionsRepository & Merges {
  return platformRepositoryIn(createGitHubContext(options));
}

export function createGitHubContext(options: PlatformRepositoryOptions): GitHubContext {
  const { appSlug, appId, log, monotonic = () => performance.now() } = options;
  return {
    client: joinQueries(createGitHubClient(options)),
    patient: createGitHubClient({ ...options, yields: true }),
    ids: createIdBook(monotonic),
    appSlug,
    appId,
    log,
    monotonic,
  };
}

/** The same for whoever shares one context between several adapters. */
export function platformRepositoryIn(
  context: GitHubContext,
): PlatformRepository & ReleaseRepository & ChangeRepository & ConventionsRepository & Merges {
  const memory = createRepositoryMemory();
  const missed = new Map<string, number>();
  return {
    ...createChangeRepository(context, missed, memory),
    ...createConventionsRepository(context),
    readSnapshot: (repo) => readSnapshot(context, memory, repo),
    readRequestFacts: (repo, name) => readRequestFacts(context, repo, name),
    createdByUs: (repo, branch) => createdByUs(context, missed, repo, branch),
    reserveBranch: (repo, name, branch, at) => reserveBranch(context, repo, name, branch, at),
    releaseBranch: (repo, branch, at) => releaseBranch(context, repo, branch, at),
    openPullRequest: (plan) => openPullRequest(context, plan),
    labelAndAskForReview: (wish) => labelAndAskForReview(context, wish),
    readPull: (repo, number) => readPull(context, repo, number),
    readPulse: (repo) => readPulse(context, repo),
    readMerges: (repo, wish) => readMerges(context, repo, wish),
    readReleaseFacts: (repo, wanted) => readReleaseFacts(context, memory.branches, repo, wanted),
    readRelease: (repo, id) => readRelease(context, repo, id),
    readNotes: (repo, tags) => readNotes(context, repo, tags),
    readRange: (repo, from, to) => readRange(context, repo, from, to),
    generateNotes: (repo, wish) => generateNotes(context, repo, wish),
    readCommitFiles: (repo, commit) => readCommitFiles(context, memory, repo, commit),
    readBlobs: (repo, files) => readBlobs(context, memory, repo, files),
    isAncestor: (repo, commit, of) => isAncestor(context, repo, commit, of),
    createTag: (repo, tag, commit) => createTag(context, repo, tag, commit),
    publishRelease: (plan) => publishRelease(context, plan),
  };
}
