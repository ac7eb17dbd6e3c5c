import { apiTest, authTest } from './auth.ts';
import { chatDelete, chatGetPermalink, chatUpdate } from './chat-change.ts';
import { chatPostEphemeral, chatPostMessage } from './chat-post.ts';
import {
  conversationsInfo,
  conversationsJoin,
  conversationsList,
  conversationsMembers,
  conversationsOpen,
} from './conversations.ts';
import { conversationsHistory, conversationsReplies } from './history.ts';
import type { Method } from './method.ts';
import {
  botsInfo,
  usergroupsList,
  usergroupsUsersList,
  usersInfo,
  usersList,
  usersLookupByEmail,
  usersProfileGet,
} from './users.ts';
import { viewsOpen, viewsPublish, viewsPush, viewsUpdate } from './views-methods.ts';

/** The Web API's methods that the sandbox has, save `apps.connections.open`, which belongs to the sockets. */
export const METHODS: readonly Method[] = [
  apiTest,
  authTest,
  botsInfo,
  chatDelete,
  chatGetPermalink,
  chatPostEphemeral,
  chatPostMessage,
  chatUpdate,
  conversationsHistory,
  conversationsInfo,
  conversationsJoin,
  conversationsList,
  conversationsMembers,
  conversationsOpen,
  conversationsReplies,
  usergroupsList,
  usergroupsUsersList,
  usersInfo,
  usersList,
  usersLookupByEmail,
  usersProfileGet,
  viewsOpen,
  viewsPublish,
  viewsPush,
  viewsUpdate,
];
