import { APP, TEAM } from '../ids.ts';
import type { Method } from './method.ts';

/** https://docs.slack.dev/reference/methods/auth.test */
export const authTest: Method = {
  name: 'auth.test',
  token: 'bot',
  tier: 'special',
  scopes: [],
  run: ({ workspace }) => ({
    url: `${workspace.options.publicUrl()}/`,
    team: TEAM.name,
    user: APP.handle,
    team_id: TEAM.id,
    user_id: APP.userId,
    bot_id: APP.botId,
    is_enterprise_install: false,
  }),
};

/** https://docs.slack.dev/reference/methods/api.test */
export const apiTest: Method = {
  name: 'api.test',
  token: 'bot',
  tier: 'special',
  scopes: [],
  run: () => ({ args: {} }),
};
