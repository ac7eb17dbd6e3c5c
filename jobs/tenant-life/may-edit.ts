import type { RepoName, SlackUserId } from '../../src/domain/ids.ts';
import { onboardedName } from '../../src/domain/onboarded-name.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { TenantEdit } from '../../src/domain/tenant-life/tenant-edit.ts';
import { authorise } from '../authorise.ts';
import type { JobDeps } from '../deps.ts';
import type { Person } from '../ports.ts';

/**
 * The person, if they may ask for a change of a tenant: by the policy, or because they asked for the tenant, as the
 * trailers of its merged request tell, which this App wrote and GitHub signed.
 */
export async function mayEdit(
  { people, github }: Pick<JobDeps, 'people' | 'github'>,
  policy: Policy,
  kind: TenantEdit['kind'],
  { repo, name, askedBy }: { readonly repo: RepoName; readonly name: string; readonly askedBy: SlackUserId },
): Promise<Person | undefined> {
  const who = kind === 'offboard' ? policy.tenants.offboard : policy.tenants.change;
  const allowed = await authorise(people, who, askedBy);
  if (allowed !== undefined) return allowed;
  const person = await authorise(people, 'members', askedBy);
  if (person === undefined) return undefined;
  const { pulls } = await github.readRequestFacts(repo, name);
  const isOwner = pulls.some(
    (pull) =>
      pull.ours &&
      pull.state === 'merged' &&
      onboardedName(pull.title) === name &&
      pull.requestedBy === askedBy,
  );
  return isOwner ? person : undefined;
}
