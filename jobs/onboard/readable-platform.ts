import type { RepoName } from '../../src/domain/ids.ts';
import { PermanentError } from '../../src/errors.ts';
import type { JobDeps } from '../deps.ts';
import type { JobContext } from '../job.ts';
import { knownPlatform } from '../known-platform.ts';
import type { Known } from './bring.ts';

/** The platform, or the code of why it cannot be worked with and the asker has to be told. */
export async function readablePlatform(
  deps: Pick<JobDeps, 'github' | 'snapshots'>,
  repo: RepoName,
  { log }: Pick<JobContext, 'log'>,
): Promise<Known | { readonly kind: 'failed'; readonly code: string }> {
  try {
    const known = await knownPlatform(deps, repo);
    return known.kind === 'ok' ? known : { kind: 'failed', code: 'policy-invalid' };
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    log.error({ err: error }, 'the platform repository cannot be read');
    return { kind: 'failed', code: error.code };
  }
}
