import type { Log, PlatformRepository, ReleaseRepository } from '../../jobs/ports.ts';
import type { RepoName } from '../domain/ids.ts';
import { RetryableError } from '../errors.ts';
import { createLimiter } from './github/limiter.ts';
import { createPlatformRepository } from './github/platform-repository.ts';
import type { GitHubApp } from './github-app.ts';

/**
 * The platform repositories through the App. The adapter must know the App's slug, which only GitHub can tell, so it
 * is built at the first call; while GitHub is away every call says to come back.
 */
export function createPlatform(
  app: GitHubApp,
  repos: readonly RepoName[],
  log: Log,
): PlatformRepository & ReleaseRepository {
  const limiter = createLimiter();
  let built: ReturnType<typeof build> | undefined;

  async function build(): Promise<PlatformRepository & ReleaseRepository> {
    const { app_slug: appSlug } = await app.readInstallation(repos[0] ?? '');
    return createPlatformRepository({ octokitFor: app.octokitFor, limiter, log, appSlug });
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
    readSnapshot: async (...given) => (await platform()).readSnapshot(...given),
    readRequestFacts: async (...given) => (await platform()).readRequestFacts(...given),
    createdByUs: async (...given) => (await platform()).createdByUs(...given),
    reserveBranch: async (...given) => (await platform()).reserveBranch(...given),
    releaseBranch: async (...given) => (await platform()).releaseBranch(...given),
    openPullRequest: async (...given) => (await platform()).openPullRequest(...given),
    labelAndAskForReview: async (...given) => (await platform()).labelAndAskForReview(...given),
    readPull: async (...given) => (await platform()).readPull(...given),
    readPulse: async (...given) => (await platform()).readPulse(...given),
    readReleaseFacts: async (...given) => (await platform()).readReleaseFacts(...given),
    readRelease: async (...given) => (await platform()).readRelease(...given),
    readRange: async (...given) => (await platform()).readRange(...given),
    generateNotes: async (...given) => (await platform()).generateNotes(...given),
    readCommitFiles: async (...given) => (await platform()).readCommitFiles(...given),
    readBlobs: async (...given) => (await platform()).readBlobs(...given),
    isAncestor: async (...given) => (await platform()).isAncestor(...given),
    createTag: async (...given) => (await platform()).createTag(...given),
    publishRelease: async (...given) => (await platform()).publishRelease(...given),
  };
}
