import { APP } from '../ids.ts';
import { botProfile } from '../render-message.ts';
import { renderBotUser, renderGroup, renderProfile, renderUser } from '../render-user.ts';
import { flag, required, text } from './args.ts';
import type { Call, Method } from './method.ts';
import { limitOf, nextCursor, pageOf } from './page.ts';
import { Refusal } from './reply.ts';

const email = (call: Call) => call.scopes.has('users:read.email');

/** https://docs.slack.dev/reference/methods/users.info */
export const usersInfo: Method = {
  name: 'users.info',
  token: 'bot',
  tier: 'tier4',
  scopes: ['users:read'],
  run: (call) => {
    const id = required(call.args, 'user');
    if (id === APP.userId) return { user: renderBotUser() };
    const person = call.workspace.person(id);
    if (!person) throw new Refusal('user_not_found');
    return { user: renderUser(person, email(call)) };
  },
};

/** https://docs.slack.dev/reference/methods/users.list */
export const usersList: Method = {
  name: 'users.list',
  token: 'bot',
  tier: 'tier2',
  scopes: ['users:read'],
  run: (call) => {
    const all = [...call.workspace.people.map((each) => renderUser(each, email(call))), renderBotUser()];
    const { items, next } = pageOf(call.args, all, limitOf(call.args, 1000, 1000));
    return { members: [...items], cache_ts: Math.floor(call.workspace.now() / 1000), ...nextCursor(next) };
  },
};

/** https://docs.slack.dev/reference/methods/users.lookupByEmail */
export const usersLookupByEmail: Method = {
  name: 'users.lookupByEmail',
  token: 'bot',
  tier: 'tier3',
  scopes: ['users:read.email'],
  run: (call) => {
    const wanted = required(call.args, 'email').toLowerCase();
    const person = call.workspace.people.find((each) => each.email === wanted && !each.isDeactivated);
    if (!person) throw new Refusal('users_not_found');
    return { user: renderUser(person, true) };
  },
};

/** https://docs.slack.dev/reference/methods/users.profile.get */
export const usersProfileGet: Method = {
  name: 'users.profile.get',
  token: 'bot',
  tier: 'tier4',
  scopes: ['users.profile:read'],
  run: (call) => {
    const person = call.workspace.person(text(call.args, 'user') ?? '');
    if (!person) throw new Refusal('user_not_found');
    return { profile: renderProfile(person, email(call)) };
  },
};

/** https://docs.slack.dev/reference/methods/usergroups.list */
export const usergroupsList: Method = {
  name: 'usergroups.list',
  token: 'bot',
  tier: 'tier2',
  scopes: ['usergroups:read'],
  run: ({ workspace, args }) => ({
    usergroups: workspace.groups.map((each) => renderGroup(each, flag(args, 'include_users'))),
  }),
};

/** https://docs.slack.dev/reference/methods/usergroups.users.list */
export const usergroupsUsersList: Method = {
  name: 'usergroups.users.list',
  token: 'bot',
  tier: 'tier2',
  scopes: ['usergroups:read'],
  run: ({ workspace, args }) => {
    const group = workspace.groups.find((each) => each.id === required(args, 'usergroup'));
    if (!group) throw new Refusal('no_such_subteam');
    return { users: group.users };
  },
};

/** https://docs.slack.dev/reference/methods/bots.info */
export const botsInfo: Method = {
  name: 'bots.info',
  token: 'bot',
  tier: 'tier3',
  scopes: ['users:read'],
  run: ({ args }) => {
    if ((text(args, 'bot') ?? APP.botId) !== APP.botId) throw new Refusal('bot_not_found');
    return { bot: botProfile(0) };
  },
};
