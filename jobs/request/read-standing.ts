import { type CheckedRequest, checkRequest } from '../../src/domain/check-request.ts';
import { onboardedName } from '../../src/domain/onboarded-name.ts';
import { readAsked } from '../../src/domain/request/read-asked.ts';
import type { StandingRequest } from '../../src/domain/request/standing-request.ts';
import { tenantFolderFile } from '../../src/domain/request/tenant-folder-file.ts';
import { type TenantFile, tenantFiles } from '../../src/domain/tenant.ts';
import { RetryableError } from '../../src/errors.ts';
import { readRequestBody } from '../../src/views/request/request-body.ts';
import type { JobDeps } from '../deps.ts';
import type { Understood } from '../known-platform.ts';

type FormValues = ReturnType<typeof readAsked>;

/** What a request asks for, as its branch and its text have it now. */
export interface Asked {
  readonly values: FormValues;
  /** Path -> text: the tenant's files at the head. */
  readonly files: ReadonlyMap<string, string>;
  /** Those of them that the request brings. */
  readonly brought: ReadonlySet<string>;
}

/** Reads what stands; undefined when the pull request's title names no tenant. */
export async function readStanding(
  deps: Pick<JobDeps, 'changes' | 'releases'>,
  { pull, body, base }: StandingRequest,
  { policy }: Understood,
): Promise<Asked | undefined> {
  const name = onboardedName(pull.title);
  if (name === undefined) return undefined;
  const { repo, head } = pull;
  const fork = await deps.changes.readMergeBase(repo, base, head);
  if (fork === undefined)
    throw new RetryableError(`${repo}#${pull.number} shares no commit with its base yet`);
  const [now, then] = [
    await deps.releases.readCommitFiles(repo, head),
    await deps.releases.readCommitFiles(repo, fork),
  ];
  const own = [...now.oids].filter(([path]) => tenantFolderFile(path, name, policy.layout) !== undefined);
  const texts = await deps.releases.readBlobs(
    repo,
    own.map(([path, oid]) => ({ path, oid })),
  );
  // What has no text is binary or huge, which nobody's form wrote: it counts as there, and as changed by hand.
  const files = new Map(own.map(([path, oid]) => [path, texts.get(oid) ?? '']));
  const brought = new Set(own.flatMap(([path, oid]) => (then.oids.get(path) === oid ? [] : [path])));
  return {
    values: readAsked({ name, files, brought, words: readRequestBody(body) }, policy),
    files,
    brought,
  };
}

/** The request that values make and its files; without `request` when they cannot be taken. */
export function written(
  values: FormValues,
  { policy, platform }: Understood,
): { readonly request: CheckedRequest | undefined; readonly files: readonly TenantFile[] } {
  const checked = checkRequest(values, { policy, platform, openRequests: undefined });
  if (checked.kind === 'refused') return { request: undefined, files: [] };
  return { request: checked.request, files: tenantFiles(checked.request, policy, platform) };
}
