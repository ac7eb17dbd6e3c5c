import type { SlackUserId } from '../../src/domain/ids.ts';
import { groupsToAsk, mayOnboard } from '../../src/domain/may-onboard.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { People, Person } from '../ports.ts';

/** The person who asked, if the policy lets them; read anew, for time has passed since the click. */
export async function authorise(
  people: People,
  policy: Policy,
  user: SlackUserId,
): Promise<Person | undefined> {
  const person = await people.find(user);
  if (!person) return undefined;
  const members = new Map<string, readonly SlackUserId[]>();
  for (const group of groupsToAsk(policy)) members.set(group, await people.membersOf(group));
  return mayOnboard(policy, { id: user, isMember: person.isMember, members }) ? person : undefined;
}
