import type { CommitSha, RepoName } from '../../src/domain/ids.ts';
import type { EditFacts } from '../../src/domain/tenant-life/edit-draft.ts';
import { folderOf } from '../../src/domain/tenant-life/tenant-texts.ts';
import { understand } from '../../src/domain/understand.ts';
import { PermanentError } from '../../src/errors.ts';
import type { JobDeps } from '../deps.ts';

/**
 * The repository at one commit with the texts of one tenant's files.
 *
 * @throws PermanentError when the policy of that commit has mistakes.
 */
export async function readEditFacts(
  { releases }: Pick<JobDeps, 'releases'>,
  repo: RepoName,
  commit: CommitSha,
  tenant: string,
): Promise<EditFacts> {
  const { files, oids } = await releases.readCommitFiles(repo, commit);
  const understood = understand(files);
  if (understood.kind === 'invalid')
    throw new PermanentError('policy-invalid', `the policy of ${repo} has mistakes at ${commit}`);
  const { policy, platform } = understood;
  const folders = platform.tenants
    .filter((place) => place.tenant === tenant)
    .map((place) => `${folderOf(place, policy)}/`);
  const wanted = files.paths.flatMap((path) => {
    const oid = folders.some((folder) => path.startsWith(folder)) ? oids.get(path) : undefined;
    return oid === undefined ? [] : [{ path, oid }];
  });
  const byOid = wanted.length === 0 ? new Map<string, string>() : await releases.readBlobs(repo, wanted);
  const texts = wanted.flatMap(({ path, oid }) => {
    const text = byOid.get(oid);
    return text === undefined ? [] : [[path, text] as const];
  });
  return { policy, platform, paths: files.paths, texts: new Map([...files.texts, ...texts]) };
}
