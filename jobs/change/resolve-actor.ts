import { type ResolvedPerson, resolvePerson, type VerifiedLink } from '../../src/domain/change/identities.ts';
import type { PersonRef } from '../../src/domain/change/record.ts';
import type { GitHubLogin, SlackUserId } from '../../src/domain/ids.ts';
import type { CommittedPlatform } from '../known-platform.ts';

export type Actor = { readonly slack: SlackUserId } | { readonly login: GitHubLogin };

/** Who stands behind an account, by the policy's map. */
export function resolve(
  actor: Actor,
  { policy }: CommittedPlatform,
  verified: readonly VerifiedLink[] = [],
): ResolvedPerson {
  return resolvePerson(actor, policy.people, verified);
}

/** A person as a record names them: as far as they can be resolved, else by what they came with. */
export function actorRef(actor: Actor, known: CommittedPlatform): PersonRef {
  const resolved = resolve(actor, known);
  if (resolved.kind === 'person') return resolved.ref;
  return {
    slack: 'slack' in actor ? actor.slack : undefined,
    login: 'login' in actor ? actor.login : undefined,
  };
}
