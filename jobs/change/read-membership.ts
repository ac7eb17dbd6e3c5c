import type { Change } from '../../src/domain/change/change.ts';
import type { Membership } from '../../src/domain/change/count-approvals.ts';
import type { RepoName, SlackUserId } from '../../src/domain/ids.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { PermanentError } from '../../src/errors.ts';
import type { JobDeps } from '../deps.ts';

type Deps = Pick<JobDeps, 'people' | 'changes'>;

/**
 * Who is in the groups that the policy lets approve, and who of those that matter is a full member, all read now.
 * What cannot be read whole is undefined, which counts for nobody.
 *
 * @param who Slack ids that somebody acted by.
 */
export async function readMembership(
  deps: Deps,
  repo: RepoName,
  { changes }: Pick<Policy, 'changes'>,
  who: readonly SlackUserId[],
): Promise<Membership> {
  const groups = changes.approvers.flatMap((rule) => rule.groups);
  const wanted = new Set([
    ...groups.flatMap(({ usergroups }) => usergroups),
    ...usergroupsOf(changes.operators),
    ...usergroupsOf(changes.override),
    ...usergroupsOf(changes.back.who),
  ]);
  const teams = new Set(groups.flatMap((group) => group.teams));
  const [usergroups, teamMembers, members] = await Promise.all([
    readAll(wanted, (group) => deps.people.membersOf(group)),
    readAll(teams, (team) => deps.changes.readTeamMembers(repo, team)),
    readAll(new Set(who), async (user) =>
      (await deps.people.find(user))?.isMember ? 'member' : 'not-a-member',
    ),
  ]);
  return { usergroups, teams: teamMembers, members };
}

/** Slack ids of everybody who said something about a change. */
export function actorsOf({ requester, approvals, override }: Change): readonly SlackUserId[] {
  const refs = [requester, ...approvals.map(({ by }) => by), override?.by, override?.confirmedBy];
  return [...new Set(refs.flatMap((ref) => ref?.slack ?? []))];
}

function usergroupsOf(who: Policy['changes']['override']): readonly string[] {
  return who === undefined || who === 'members' ? [] : who.usergroups;
}

async function readAll<Key extends string, Value>(
  keys: ReadonlySet<Key>,
  read: (key: Key) => Promise<Value | undefined>,
): Promise<ReadonlyMap<Key, Value | undefined>> {
  return new Map(
    await Promise.all(
      [...keys].map(async (key) => {
        const value = await read(key).catch((error: unknown) => {
          if (error instanceof PermanentError) return undefined;
          throw error;
        });
        return [key, value] as const;
      }),
    ),
  );
}
