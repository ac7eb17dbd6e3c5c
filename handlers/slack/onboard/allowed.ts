import type { SlackUserId } from '../../../src/domain/ids.ts';
import { groupsToAsk, mayOnboard } from '../../../src/domain/may-onboard.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import type { HandlerDeps } from '../../ports.ts';
import { soon } from '../soon.ts';

export type Permission = 'allowed' | 'guest' | 'not-allowed' | 'unknown';

/** Longest to wait for Slack's word on who a person is, in milliseconds; a trigger lives 3 s in all. */
const PATIENCE_MS = 800;

/** Whether this person may ask for a tenant, as far as Slack tells in time; the job asks again. */
export async function permission(
  { people, sleep }: Pick<HandlerDeps, 'people' | 'sleep'>,
  policy: Policy,
  user: SlackUserId,
): Promise<Permission> {
  const answer = soon(people.find(user), PATIENCE_MS, sleep);
  const groups = Promise.all(
    groupsToAsk(policy).map(async (group) => {
      return [group, await soon(people.membersOf(group), PATIENCE_MS, sleep)] as const;
    }),
  );
  const [person, members] = [await answer, await groups];
  if (person === undefined) return 'unknown';
  if (!person.isMember) return 'guest';
  const known = new Map(members.flatMap(([group, list]) => (list ? [[group, list] as const] : [])));
  if (mayOnboard(policy, { id: user, isMember: true, members: known })) return 'allowed';
  return known.size < members.length ? 'unknown' : 'not-allowed';
}
