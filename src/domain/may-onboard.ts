import type { SlackUserId } from './ids.ts';
import type { Policy } from './policy.ts';

/** What Slack says of the person who asks; undefined members could not be read. */
export interface AskerFacts {
  readonly id: SlackUserId;
  /** A full member: no guest, stranger, bot or deactivated account. */
  readonly isMember: boolean;
  /** User group -> its members; a group that is empty or cannot be read allows nobody. */
  readonly members: ReadonlyMap<string, readonly SlackUserId[]>;
}

/** The user groups whose members must be known before `mayOnboard` can tell. */
export function groupsToAsk(policy: Policy): readonly string[] {
  const { who } = policy.onboarding;
  return who === 'members' ? [] : who.usergroups;
}

/** Whether the policy lets this person ask for a tenant. Guests never may. */
export function mayOnboard(policy: Policy, asker: AskerFacts): boolean {
  if (!asker.isMember) return false;
  const groups = groupsToAsk(policy);
  if (policy.onboarding.who === 'members') return true;
  return groups.some((group) => asker.members.get(group)?.includes(asker.id) ?? false);
}
