import type { WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Log, People, Person } from '../../../jobs/ports.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import { PermanentError } from '../../errors.ts';
import type { Identity, IdentitySource } from './identity.ts';
import { callSlack } from './slack-errors.ts';

const REMEMBERED_MS = 60_000;

const told = z.object({
  user: z.looseObject({
    id: z.string(),
    team_id: z.string().optional(),
    name: z.string().optional(),
    real_name: z.string().optional(),
    deleted: z.boolean().optional(),
    is_bot: z.boolean().optional(),
    is_app_user: z.boolean().optional(),
    is_restricted: z.boolean().optional(),
    is_ultra_restricted: z.boolean().optional(),
    is_stranger: z.boolean().optional(),
    is_email_confirmed: z.boolean().optional(),
    profile: z
      .looseObject({
        display_name: z.string().optional(),
        real_name: z.string().optional(),
        email: z.string().optional(),
      })
      .optional(),
    enterprise_user: z.looseObject({ enterprise_id: z.string().optional() }).optional(),
  }),
});
type User = z.output<typeof told>['user'];

const members = z.object({ users: z.array(z.string()) });

/** Who people are, by Slack itself; what it tells is believed for a minute. */
export function createPeople(client: WebClient, identity: IdentitySource, log: Log): People {
  const persons = new LRUCache<string, { readonly person: Person | undefined }>({
    max: 5_000,
    ttl: REMEMBERED_MS,
  });
  const groups = new LRUCache<string, readonly SlackUserId[]>({ max: 500, ttl: REMEMBERED_MS });
  return {
    async find(user, { fresh = false } = {}) {
      const known = persons.get(user);
      if (!fresh && known !== undefined) return known.person;
      const person = await askPerson(client, identity, user);
      persons.set(user, { person });
      return person;
    },
    findByEmail: (email) =>
      ask(identity, () =>
        callSlack('look for an address', 'reads', () => client.users.lookupByEmail({ email })),
      ),
    async membersOf(usergroup, { fresh = false } = {}) {
      const known = groups.get(usergroup);
      if (known !== undefined && !fresh) return known;
      const users = await askMembers(client, usergroup, log);
      groups.set(usergroup, users);
      return users;
    },
  };
}

function askPerson(
  client: WebClient,
  identity: IdentitySource,
  user: SlackUserId,
): Promise<Person | undefined> {
  return ask(identity, () =>
    callSlack(`ask Slack about ${user}`, 'reads', () => client.users.info({ user })),
  );
}

async function ask(identity: IdentitySource, call: () => Promise<unknown>): Promise<Person | undefined> {
  try {
    const [us, answer] = await Promise.all([identity.get(), call()]);
    return toPerson(told.parse(answer).user, us);
  } catch (error) {
    if (error instanceof PermanentError) return undefined;
    throw error;
  }
}

function toPerson(user: User, us: Identity): Person {
  const { profile } = user;
  // The full name: it stands in pull requests, beside people who do not know the handle.
  const names = [profile?.real_name, user.real_name, profile?.display_name, user.name];
  return {
    id: user.id as SlackUserId,
    name: names.find((name) => name !== undefined && name.trim() !== '') ?? user.id,
    isMember: isFullMember(user) && isOfOurs(user, us),
    // What was not confirmed anybody can write there.
    email: user.is_email_confirmed ? profile?.email?.toLowerCase() : undefined,
  };
}

function isFullMember(user: User): boolean {
  const isOutsider = user.is_restricted || user.is_ultra_restricted || user.is_stranger;
  // Slackbot does not say that it is a bot.
  return !(isOutsider || user.deleted || user.is_bot || user.id === 'USLACKBOT');
}

/** People of a connected organisation carry their own team, see https://docs.slack.dev/apis/slack-connect. */
function isOfOurs(user: User, us: Identity): boolean {
  if (user.team_id === us.teamId) return true;
  return us.enterpriseId !== undefined && user.enterprise_user?.enterprise_id === us.enterpriseId;
}

async function askMembers(client: WebClient, usergroup: string, log: Log): Promise<readonly SlackUserId[]> {
  try {
    const answer = await callSlack(`list the members of ${usergroup}`, 'reads', () =>
      client.usergroups.users.list({ usergroup }),
    );
    return members.parse(answer).users as SlackUserId[];
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    log.warn({ err: error, usergroup }, 'a user group cannot be read; it counts as empty');
    return [];
  }
}
