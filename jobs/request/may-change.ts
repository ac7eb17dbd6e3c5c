import type { SlackUserId } from '../../src/domain/ids.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { RequestPull } from '../../src/domain/request-state.ts';
import { authorise } from '../authorise.ts';
import type { JobDeps } from '../deps.ts';
import type { Person } from '../ports.ts';

/** The person, if they may change a request: who asked for it, as a full member, or whoever may ask for tenants. */
export async function mayChange(
  people: JobDeps['people'],
  { onboarding }: Policy,
  { requestedBy }: Pick<RequestPull, 'requestedBy'>,
  user: SlackUserId,
): Promise<Person | undefined> {
  return authorise(people, user === requestedBy ? 'members' : onboarding.who, user);
}

/** The person, if they may withdraw a request: who asked for it, as a full member, or the platform team. */
export async function mayWithdraw(
  people: JobDeps['people'],
  { onboarding }: Policy,
  { requestedBy }: Pick<RequestPull, 'requestedBy'>,
  user: SlackUserId,
): Promise<Person | undefined> {
  if (user === requestedBy) return authorise(people, 'members', user);
  return onboarding.platformTeam && authorise(people, onboarding.platformTeam, user);
}
