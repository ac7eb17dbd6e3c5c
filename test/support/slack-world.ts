import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Faults } from '../../sandbox/faults.ts';
import type { SlackOptions } from '../../sandbox/slack/options.ts';
import { createSlack, type Slack } from '../../sandbox/slack/slack.ts';
import { botScopes } from '../../src/compose/start-checks.ts';

/** The sandbox's Slack on a loopback port, where the bot has the scopes that it asks for and no other. */
export interface SlackWorld {
  readonly slack: Slack;
  readonly faults: Faults;
  /** Base of the Web API, as in `SLACK_API_URL`. */
  readonly apiUrl: string;
  close(): Promise<void>;
}

export async function startSlackWorld(options: Partial<SlackOptions> = {}): Promise<SlackWorld> {
  const faults = new Faults();
  let slack: Slack | undefined;
  const server = createServer((request, response) => {
    request.url = (request.url ?? '').replace(/^\/slack/, '');
    void slack?.handle(request, response);
  });
  server.on('upgrade', (request, socket, head) => {
    request.url = (request.url ?? '').replace(/^\/slack/, '');
    slack?.upgrade?.(request, socket, head);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack`;
  const created = await createSlack({
    faults,
    publicUrl: () => url,
    mode: { kind: 'socket' },
    commands: ['/onboard-tenant', '/trunkline'],
    scopes: Object.keys(botScopes),
    limits: { rateLimits: false },
    ...options,
  });
  slack = created;
  return {
    slack: created,
    faults,
    apiUrl: `${url}/api/`,
    async close() {
      await created.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
