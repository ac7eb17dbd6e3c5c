import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { callSlack } from './slack-errors.ts';

/** Who the bot is in its workspace, by `auth.test`. */
export interface Identity {
  readonly botId: string;
  readonly userId: string;
  readonly teamId: string;
  readonly enterpriseId: string | undefined;
  /** Scopes of the bot's token. */
  readonly scopes: readonly string[];
}

const answer = z.object({
  bot_id: z.string(),
  user_id: z.string(),
  team_id: z.string(),
  enterprise_id: z.string().nullish(),
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
});

export interface IdentitySource {
  /** The identity, asked for once and then remembered. */
  get(): Promise<Identity>;
  /** Asks Slack now; also tells whether Slack answers at all. */
  ask(): Promise<Identity>;
  readonly known: Identity | undefined;
}

export function createIdentity(client: WebClient): IdentitySource {
  let known: Identity | undefined;
  async function ask(): Promise<Identity> {
    const told = answer.parse(await callSlack('ask Slack who the bot is', 'reads', () => client.auth.test()));
    known = {
      botId: told.bot_id,
      userId: told.user_id,
      teamId: told.team_id,
      enterpriseId: told.enterprise_id ?? undefined,
      scopes: told.response_metadata?.scopes ?? [],
    };
    return known;
  }
  return {
    get: async () => known ?? ask(),
    ask,
    get known() {
      return known;
    },
  };
}
