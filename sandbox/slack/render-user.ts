import type { Person } from '../people.ts';
import type { JsonObject } from './client-types.ts';
import { APP, TEAM } from './ids.ts';
import type { UserGroup } from './state.ts';

/** A profile field that holds a person's GitHub login. People can edit such a field: it proves nothing. */
const GITHUB_FIELD = 'Xf0GITHUB1';

/** A person as `users.info` gives them. https://docs.slack.dev/reference/objects/user-object */
export function renderUser(person: Person, withEmail: boolean): JsonObject {
  return {
    id: person.slackId,
    team_id: TEAM.id,
    name: person.handle,
    deleted: person.isDeactivated ?? false,
    color: '4bbe2e',
    real_name: person.name,
    tz: 'Europe/Berlin',
    tz_label: 'Central European Time',
    tz_offset: 3600,
    profile: renderProfile(person, withEmail),
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: person.isGuest ?? false,
    is_ultra_restricted: person.isGuest ?? false,
    is_bot: false,
    is_app_user: false,
    is_email_confirmed: true,
    updated: 0,
    who_can_share_contact_card: 'EVERYONE',
  };
}

export function renderProfile(person: Person, withEmail: boolean): JsonObject {
  const github: JsonObject =
    person.githubLogin === undefined
      ? {}
      : { [GITHUB_FIELD]: { value: person.githubLogin, alt: '', label: 'GitHub' } };
  return {
    title: person.role,
    phone: '',
    skype: '',
    real_name: person.name,
    real_name_normalized: person.name,
    display_name: person.handle,
    display_name_normalized: person.handle,
    first_name: person.name.split(' ')[0] ?? '',
    last_name: person.name.split(' ').slice(1).join(' '),
    status_text: '',
    status_emoji: '',
    status_expiration: 0,
    avatar_hash: 'g0000000000',
    team: TEAM.id,
    fields: github,
    ...(withEmail ? { email: person.email } : {}),
  };
}

export function renderBotUser(): JsonObject {
  return {
    id: APP.userId,
    team_id: TEAM.id,
    name: APP.handle,
    deleted: false,
    real_name: APP.name,
    tz: 'America/Los_Angeles',
    tz_offset: -28800,
    profile: {
      real_name: APP.name,
      display_name: APP.handle,
      bot_id: APP.botId,
      api_app_id: APP.id,
      always_active: true,
      team: TEAM.id,
    },
    is_admin: false,
    is_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: true,
    is_app_user: false,
    updated: 0,
  };
}

export function renderGroup(group: UserGroup, withUsers: boolean): JsonObject {
  return {
    id: group.id,
    team_id: TEAM.id,
    is_usergroup: true,
    is_subteam: true,
    name: group.name,
    description: '',
    handle: group.handle,
    is_external: false,
    date_create: 0,
    date_update: 0,
    date_delete: 0,
    auto_type: null,
    created_by: 'USLACKBOT',
    updated_by: 'USLACKBOT',
    deleted_by: null,
    prefs: { channels: [], groups: [] },
    user_count: group.users.length,
    ...(withUsers ? { users: group.users } : {}),
  };
}
