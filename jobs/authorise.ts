import type { SlackUserId } from '../src/domain/ids.ts';
import { groupsToAsk, may } from '../src/domain/may.ts';
import type { Who } from '../src/domain/policy/who.ts';
import type { People, Person } from './ports.ts';

/** The person who asked, if the policy lets them; read anew, for time has passed since the click. */
export async function authorise(people: People, who: Who, user: SlackUserId): Promise<Person | undefined> {
  const person = await people.find(user);
  if (!person) return undefined;
  const members = new Map<string, readonly SlackUserId[]>();
  for (const group of groupsToAsk(who)) members.set(group, await people.membersOf(group));
  return may(who, { id: user, isMember: person.isMember, members }) ? person : undefined;
}
