import type { ChangeRepository, LedgerBook } from '../../jobs/change/change-ports.ts';
import type { ConventionsRepository } from '../../jobs/conventions/convention-ports.ts';
import type { Log, PlatformRepository } from '../../jobs/ports.ts';
import type { ReleaseRepository } from '../../jobs/release/release-ports.ts';
import type { Requests } from '../../jobs/request/request-ports.ts';
import type { Deployments } from '../../jobs/rollout/deployments-port.ts';
import type { Merges } from '../../jobs/rollout/rollout-ports.ts';
import type { RepoName } from '../domain/ids.ts';
import { RetryableError } from '../errors.ts';
import { createDeployments } from './github/deployments.ts';
import { createLedgerBook } from './github/ledger/create-ledger-book.ts';
import type { LedgerKeys } from './github/ledger/ledger-keys.ts';
import { createLimiter } from './github/limiter.ts';
import { createGitHubContext, platformRepositoryIn } from './github/platform-repository.ts';
import { createRequests } from './github/requests.ts';
import type { GitHubApp } from './github-app.ts';

/** All that jobs want of GitHub, and the ledger, which is kept there. */
export type GitHubPorts = PlatformRepository &
  ReleaseRepository &
  ChangeRepository &
  ConventionsRepository &
  Merges & { readonly book: LedgerBook; readonly deployments: Deployments; readonly requests: Requests };

/**
 * The platform repositories through the App. The adapter must know the App's slug, which only GitHub can tell, so it
 * is built at the first call; while GitHub is away every call says to come back.
 */
export function createPlatform(
  app: GitHubApp,
  repos: readonly RepoName[],
  keys: LedgerKeys,
  log: Log,
): GitHubPorts {
  const limiter = createLimiter();
  let built: ReturnType<typeof build> | undefined;

  async function build(): Promise<GitHubPorts> {
    const { app_slug: appSlug, app_id: appId } = await app.readInstallation(repos[0] ?? '');
    const context = createGitHubContext({ octokitFor: app.octokitFor, limiter, log, appSlug, appId });
    return {
      ...platformRepositoryIn(context),
      book: createLedgerBook(context, keys),
      deployments: createDeployments(context),
      requests: createRequests(context),
    };
  }

  async function platform(): ReturnType<typeof build> {
    built ??= build();
    try {
      return await built;
    } catch (cause) {
      built = undefined;
      throw new RetryableError('failed to ask GitHub about the App', { cause });
    }
  }

  return {
    book: {
      read: async (...given) => (await platform()).book.read(...given),
      append: async (...given) => (await platform()).book.append(...given),
    },
    deployments: {
      report: async (...given) => (await platform()).deployments.report(...given),
    },
    requests: {
      readStanding: async (...given) => (await platform()).requests.readStanding(...given),
      readIssue: async (...given) => (await platform()).requests.readIssue(...given),
      commit: async (...given) => (await platform()).requests.commit(...given),
      describe: async (...given) => (await platform()).requests.describe(...given),
    },
    readSnapshot: async (...given) => (await platform()).readSnapshot(...given),
    readRequestFacts: async (...given) => (await platform()).readRequestFacts(...given),
    createdByUs: async (...given) => (await platform()).createdByUs(...given),
    reserveBranch: async (...given) => (await platform()).reserveBranch(...given),
    releaseBranch: async (...given) => (await platform()).releaseBranch(...given),
    openPullRequest: async (...given) => (await platform()).openPullRequest(...given),
    labelAndAskForReview: async (...given) => (await platform()).labelAndAskForReview(...given),
    readPull: async (...given) => (await platform()).readPull(...given),
    readPulse: async (...given) => (await platform()).readPulse(...given),
    readMerges: async (...given) => (await platform()).readMerges(...given),
    readReleaseFacts: async (...given) => (await platform()).readReleaseFacts(...given),
    readRelease: async (...given) => (await platform()).readRelease(...given),
    readNotes: async (...given) => (await platform()).readNotes(...given),
    readRange: async (...given) => (await platform()).readRange(...given),
    generateNotes: async (...given) => (await platform()).generateNotes(...given),
    readCommitFiles: async (...given) => (await platform()).readCommitFiles(...given),
    readBlobs: async (...given) => (await platform()).readBlobs(...given),
    isAncestor: async (...given) => (await platform()).isAncestor(...given),
    createTag: async (...given) => (await platform()).createTag(...given),
    publishRelease: async (...given) => (await platform()).publishRelease(...given),
    readChangeFacts: async (...given) => (await platform()).readChangeFacts(...given),
    readPusher: async (...given) => (await platform()).readPusher(...given),
    readMergeBase: async (...given) => (await platform()).readMergeBase(...given),
    readTeamMembers: async (...given) => (await platform()).readTeamMembers(...given),
    readVerifiedEmails: async (...given) => (await platform()).readVerifiedEmails(...given),
    findVerifiedLogins: async (...given) => (await platform()).findVerifiedLogins(...given),
    reportCheck: async (...given) => (await platform()).reportCheck(...given),
    merge: async (...given) => (await platform()).merge(...given),
    enqueue: async (...given) => (await platform()).enqueue(...given),
    close: async (...given) => (await platform()).close(...given),
    comment: async (...given) => (await platform()).comment(...given),
    editBody: async (...given) => (await platform()).editBody(...given),
    readApprovalRule: async (...given) => (await platform()).readApprovalRule(...given),
    readFile: async (...given) => (await platform()).readFile(...given),
    readConventionPull: async (...given) => (await platform()).readConventionPull(...given),
    reportConventions: async (...given) => (await platform()).reportConventions(...given),
    commentConventions: async (...given) => (await platform()).commentConventions(...given),
    setTitle: async (...given) => (await platform()).setTitle(...given),
    openPromotion: async (...given) => (await platform()).openPromotion(...given),
  };
}
