import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Site } from '../site.ts';
import { createClient } from './client/client.ts';
import { ClientHttp } from './client/http.ts';
import type { SlackClient } from './client-types.ts';
import { appsConnectionsOpen } from './deliver/connections-open.ts';
import { Courier } from './deliver/courier.ts';
import { Events } from './deliver/events.ts';
import { HttpRequests } from './deliver/http-requests.ts';
import { answerResponseUrl } from './deliver/response-urls.ts';
import { Sockets } from './deliver/sockets.ts';
import { tellApp } from './deliver/tell-app.ts';
import { keep } from './keep.ts';
import type { SlackOptions } from './options.ts';
import { WebApi } from './web/api.ts';
import { METHODS } from './web/methods.ts';
import { Workspace } from './workspace.ts';

/** A Slack workspace on localhost with one app in it. */
export interface Slack extends Site {
  /** Secrets of the sample app, made anew unless kept. */
  readonly tokens: { readonly bot: string; readonly app: string };
  readonly client: SlackClient;
  /** What it knows, for those who set up a test: who is in a group, who is deactivated, who is in a channel. */
  readonly workspace: Workspace;
  /** Breaks every socket of the app at once, without a word. */
  cutSockets(): void;
  /** Asks the app to make its connections anew, as Slack does every few hours. */
  refreshSockets(): void;
  /** How many sockets the app has open. */
  socketCount(): number;
}

/** Starts it. Nothing listens by itself: the caller hands requests and upgrades over, without the site's prefix. */
export async function createSlack(options: SlackOptions): Promise<Slack> {
  const workspace = new Workspace(options);
  const endKeeping = options.keepFile === undefined ? () => undefined : keep(workspace, options.keepFile);
  const { mode } = options;
  const sockets = mode.kind === 'socket' ? new Sockets(workspace) : undefined;
  const transport =
    mode.kind === 'http' ? new HttpRequests(workspace, mode.eventsUrl, mode.signingSecret) : sockets;
  if (!transport) throw new Error('a way to the app is missing');
  const courier = new Courier(workspace, transport);
  const events = new Events(workspace, courier);
  workspace.onPosted((message) => tellApp(workspace, events, message));
  const client = createClient({ workspace, courier, events });
  const people = new ClientHttp(client);
  const api = new WebApi(workspace, [...METHODS, appsConnectionsOpen(sockets)]);
  return {
    tokens: workspace.tokens,
    client,
    workspace,
    cutSockets: () => sockets?.cut(),
    refreshSockets: () => sockets?.refresh(),
    socketCount: () => sockets?.count ?? 0,
    handle: (request, response) => route({ workspace, api, people }, request, response),
    upgrade: (request, socket, head) => upgrade(sockets, request, socket, head),
    close: async () => {
      events.close();
      people.close();
      await sockets?.close();
      endKeeping();
    },
  };
}

interface Rooms {
  readonly workspace: Workspace;
  readonly api: WebApi;
  readonly people: ClientHttp;
}

async function route(
  { workspace, api, people }: Rooms,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://sandbox');
  const [, area = '', first = '', second = ''] = pathname.split('/');
  if (area === 'api') return api.handle(first, request, response);
  if (area === 'client') return people.handle(first, request, response);
  if (['commands', 'actions', 'app'].includes(area))
    return answerResponseUrl(workspace, second, request, response);
  if (area === 'archives') {
    const ts = second.replace(/^p(\d+)(\d{6})$/, '$1.$2');
    response
      .writeHead(302, {
        location: `/?channel=${encodeURIComponent(first)}&message=${encodeURIComponent(ts)}`,
      })
      .end();
    return;
  }
  response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
}

function upgrade(sockets: Sockets | undefined, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const { pathname } = new URL(request.url ?? '/', 'http://sandbox');
  if (sockets && pathname === '/socket') sockets.upgrade(request, socket, head);
  else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}
