import { type ResolvedPerson, resolvePerson } from '../../src/domain/change/identities.ts';
import type { PersonRef } from '../../src/domain/change/record.ts';
import type { RepoName } from '../../src/domain/ids.ts';
import type { JobDeps } from '../deps.ts';
import type { CommittedPlatform } from '../known-platform.ts';
import { type Actor, verifiedLinks } from './verified-links.ts';

/** Who stands behind an account: by the policy's map, else by the addresses that the organisation has verified. */
export async function resolve(
  deps: Pick<JobDeps, 'people' | 'changes'>,
  repo: RepoName,
  actor: Actor,
  known: Pick<CommittedPlatform, 'policy'>,
): Promise<ResolvedPerson> {
  return resolvePerson(actor, known.policy.people, await verifiedLinks(deps, repo, actor, known));
}

/** A person as a record names them: as far as they can be resolved, else by what they came with. */
export async function actorRef(
  deps: Pick<JobDeps, 'people' | 'changes'>,
  repo: RepoName,
  actor: Actor,
  known: Pick<CommittedPlatform, 'policy'>,
): Promise<PersonRef> {
  const resolved = await resolve(deps, repo, actor, known);
  if (resolved.kind === 'person') return resolved.ref;
  return {
    slack: 'slack' in actor ? actor.slack : undefined,
    login: 'login' in actor ? actor.login : undefined,
  };
}
