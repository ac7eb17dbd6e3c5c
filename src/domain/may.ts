import type { SlackUserId } from './ids.ts';
import type { Who } from './policy/who.ts';

/** What Slack says of the person who asks; undefined members could not be read. */
export interface AskerFacts {
  readonly id: SlackUserId;
  /** A full member: no guest, stranger, bot or deactivated account. */
  readonly isMember: boolean;
  /** User group -> its members; a group that is empty or cannot be read allows nobody. */
  readonly members: ReadonlyMap<string, readonly SlackUserId[]>;
}

/** The user groups whose members must be known before `may` can tell. */
export function groupsToAsk(who: Who): readonly string[] {
  return who === 'members' ? [] : who.usergroups;
}

/** Whether a person is among those whom the policy lets do something. Guests never are. */
export function may(who: Who, asker: AskerFacts): boolean {
  if (!asker.isMember) return false;
  if (who === 'members') return true;
  return groupsToAsk(who).some((group) => asker.members.get(group)?.includes(asker.id) ?? false);
}
