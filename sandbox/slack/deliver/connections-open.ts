import type { Method } from '../web/method.ts';
import { Refusal } from '../web/reply.ts';
import type { Sockets } from './sockets.ts';

/** https://docs.slack.dev/reference/methods/apps.connections.open; without sockets Socket Mode is off for the app. */
export function appsConnectionsOpen(sockets: Sockets | undefined): Method {
  return {
    name: 'apps.connections.open',
    token: 'app',
    tier: 'tier1',
    scopes: [],
    run: () => {
      if (!sockets) throw new Refusal('socket_mode_not_enabled');
      return { url: sockets.newUrl() };
    },
  };
}
