import type { Effect, EffectsQuestion, RepositoryState } from '../src/domain/effects/effect.ts';
import { effects, textsNeeded } from '../src/domain/effects/effects.ts';
import type { CommitSha, RepoName } from '../src/domain/ids.ts';
import type { Policy } from '../src/domain/policy.ts';
import { readPlatform } from '../src/domain/read-platform.ts';
import type { JobDeps } from './deps.ts';

type Deps = Pick<JobDeps, 'releases'>;

/** The repository at a commit; the policy of the default branch tells how every commit is read. */
export async function stateAt(
  { releases }: Deps,
  repo: RepoName,
  commit: CommitSha,
  policy: Policy,
): Promise<RepositoryState> {
  const { files, oids } = await releases.readCommitFiles(repo, commit);
  return { platform: readPlatform(files, policy), oids };
}

/** The effects of a change of the repository, with the texts that it takes to tell. */
export async function readEffects(
  { releases }: Deps,
  repo: RepoName,
  question: EffectsQuestion,
): Promise<readonly Effect[]> {
  const texts = await releases.readBlobs(repo, textsNeeded(question));
  return effects(question, texts);
}
