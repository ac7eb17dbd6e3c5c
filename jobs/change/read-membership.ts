import type { Change } from '../../src/domain/change/change.ts';
import type { Membership } from '../../src/domain/change/count-approvals.ts';
import type { GitHubLogin, RepoName, SlackUserId } from '../../src/domain/ids.ts';
import { groupsToAsk } from '../../src/domain/may.ts';
import type { Who } from '../../src/domain/policy/who.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { PermanentError } from '../../src/errors.ts';
import type { JobDeps } from '../deps.ts';

type Deps = Pick<JobDeps, 'people' | 'changes' | 'memory'>;

/** A minute is no harm where nothing is decided. */
const REMEMBERED_MS = 60_000;

export interface MembershipWish {
  readonly repo: RepoName;
  readonly policy: Policy;
  /** Slack ids that somebody acted by. */
  readonly who: readonly SlackUserId[];
  /** Groups that matter besides those of the approvers. */
  readonly besides: readonly Who[];
  /** Whether it decides, so that nothing remembered counts. */
  readonly isFresh: boolean;
  /** Teams that were read a moment ago. */
  readonly teams?: Membership['teams'] | undefined;
}

/**
 * Who is in the groups that the policy lets approve, and who of those that matter is a full member. What cannot be
 * read whole is undefined, which counts for nobody.
 */
export async function readMembership(deps: Deps, wish: MembershipWish): Promise<Membership> {
  const { repo, policy, who, besides, isFresh, teams } = wish;
  const wanted = new Set([
    ...groupsOf(policy).flatMap(({ usergroups }) => usergroups),
    ...besides.flatMap(groupsToAsk),
  ]);
  const fresh = { fresh: isFresh };
  const [usergroups, teamMembers, members] = await Promise.all([
    readAll(wanted, (group) => deps.people.membersOf(group, fresh)),
    readTeams(deps, { repo, policy, isFresh }, teams),
    readAll(new Set(who), async (user) =>
      (await deps.people.find(user, fresh))?.isMember ? 'member' : 'not-a-member',
    ),
  ]);
  return { usergroups, teams: teamMembers, members };
}

/**
 * Members of the teams that the policy lets approve.
 *
 * @param known those that were read a moment ago are not read again.
 */
export async function readTeams(
  deps: Omit<Deps, 'people'>,
  { repo, policy, isFresh }: Pick<MembershipWish, 'repo' | 'policy' | 'isFresh'>,
  known: Membership['teams'] = new Map(),
): Promise<Membership['teams']> {
  const teams = new Set(groupsOf(policy).flatMap((group) => group.teams));
  return readAll(teams, async (team) =>
    known.has(team) ? known.get(team) : await readTeam(deps, repo, team, isFresh),
  );
}

function groupsOf(policy: Policy) {
  return policy.changes.approvers.flatMap((rule) => rule.groups);
}

async function readTeam(
  { changes, memory }: Omit<Deps, 'people'>,
  repo: RepoName,
  team: string,
  isFresh: boolean,
): Promise<readonly GitHubLogin[] | undefined> {
  const key = `${repo} ${team}`;
  const known = isFresh ? undefined : memory.teams.get(key);
  // How old it is decides nothing: right before a decision it is read anew.
  if (known !== undefined && Date.now() - known.at < REMEMBERED_MS) return known.members;
  const members = await changes.readTeamMembers(repo, team);
  if (members !== undefined) memory.teams.put(key, { members, at: Date.now() });
  return members;
}

/** Slack ids of everybody who said something about a change. */
export function actorsOf({ requester, approvals, override }: Change): readonly SlackUserId[] {
  const refs = [requester, ...approvals.map(({ by }) => by), override?.by, override?.confirmedBy];
  return [...new Set(refs.flatMap((ref) => ref?.slack ?? []))];
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
