import type { SlackUserId } from '../../src/domain/ids.ts';
import { groupsToAsk, may } from '../../src/domain/may.ts';
import type { Who } from '../../src/domain/policy/who.ts';
import type { HandlerDeps } from '../ports.ts';
import { soon } from './soon.ts';

export type Permission = 'allowed' | 'guest' | 'not-allowed' | 'unknown';

/** Longest to wait for Slack's word on who a person is, in milliseconds; a trigger lives 3 s in all. */
const PATIENCE_MS = 800;

/** Whether the policy lets this person do something, as far as Slack tells in time; the job asks again. */
export async function permission(
  { people, sleep }: Pick<HandlerDeps, 'people' | 'sleep'>,
  who: Who,
  user: SlackUserId,
): Promise<Permission> {
  const answer = soon(people.find(user), PATIENCE_MS, sleep);
  const groups = Promise.all(
    groupsToAsk(who).map(async (group) => {
      return [group, await soon(people.membersOf(group), PATIENCE_MS, sleep)] as const;
    }),
  );
  const [person, members] = [await answer, await groups];
  if (person === undefined) return 'unknown';
  if (!person.isMember) return 'guest';
  const known = new Map(members.flatMap(([group, list]) => (list ? [[group, list] as const] : [])));
  if (may(who, { id: user, isMember: true, members: known })) return 'allowed';
  return known.size < members.length ? 'unknown' : 'not-allowed';
}
