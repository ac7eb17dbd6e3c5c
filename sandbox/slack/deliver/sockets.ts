import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { APP } from '../ids.ts';
import { isObject, parseJson } from '../web/args.ts';
import type { Workspace } from '../workspace.ts';
import type { Ack, Parcel, Transport } from './transport.ts';

/** How often Slack pings a connection; clients give up after 30 s without one. */
const PING_MS = 5000;
const TICKET_MS = 30_000;
const HOST = 'sandbox-socket-1';

type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';

/**
 * The sockets of Socket Mode. Each parcel goes to any one of the open connections.
 *
 * https://docs.slack.dev/apis/events-api/using-socket-mode
 */
export class Sockets implements Transport {
  readonly #workspace: Workspace;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Map<string, number>();
  readonly #open: WebSocket[] = [];
  readonly #waiting = new Map<string, (ack: Ack) => void>();
  readonly #timer: NodeJS.Timeout;
  #turn = 0;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#timer = setInterval(() => this.#ping(), PING_MS).unref();
  }

  get count(): number {
    return this.#open.length;
  }

  /** The address of one new connection, good once for 30 s. */
  newUrl(): string {
    const ticket = randomBytes(16).toString('hex');
    this.#tickets.set(ticket, Date.now() + TICKET_MS);
    const base = this.#workspace.options.publicUrl().replace(/^http/, 'ws');
    return `${base}/socket?ticket=${ticket}&app_id=${APP.id}`;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://sandbox').searchParams.get('ticket') ?? '';
    const expires = this.#tickets.get(ticket) ?? 0;
    this.#tickets.delete(ticket);
    if (expires < Date.now()) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (connection) => this.#welcome(connection));
  }

  send(parcel: Parcel): Promise<Ack> {
    const connection = this.#open[this.#turn++ % Math.max(this.#open.length, 1)];
    if (!connection) return Promise.resolve({ kind: 'failed' });
    const id = randomUUID();
    const answer = new Promise<Ack>((resolve) => this.#waiting.set(id, resolve));
    connection.send(
      JSON.stringify({
        envelope_id: id,
        type: parcel.type,
        accepts_response_payload: parcel.type !== 'events_api',
        payload: parcel.payload,
        ...(parcel.type === 'events_api'
          ? { retry_attempt: parcel.retry?.attempt ?? 0, retry_reason: parcel.retry?.reason ?? '' }
          : {}),
      }),
    );
    return answer;
  }

  /** Asks every connection to make a new one, as Slack does every few hours. */
  refresh(reason: DisconnectReason = 'refresh_requested'): void {
    for (const connection of this.#open) this.#dismiss(connection, reason);
  }

  /** Breaks every connection without a word. */
  cut(): void {
    for (const connection of this.#open) connection.terminate();
  }

  /** Says goodbye to every connection; one that does not answer within 300 ms is broken. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    const gone = this.#open.map(
      (connection) => new Promise<void>((resolve) => connection.once('close', () => resolve())),
    );
    for (const connection of this.#open) connection.close(1001);
    const patience = setTimeout(() => this.cut(), 300);
    await Promise.all(gone);
    clearTimeout(patience);
    this.#server.close();
  }

  #welcome(connection: WebSocket): void {
    connection.on('error', () => connection.terminate());
    if (this.#open.length >= this.#workspace.limits.maxSockets) {
      this.#dismiss(connection, 'too_many_websockets');
      connection.close();
      return;
    }
    this.#open.push(connection);
    connection.on('close', () => this.#forget(connection));
    connection.on('message', (data) => this.#hear(String(data)));
    const debug = { host: HOST, build_number: 1, approximate_connection_time: 18_060 };
    connection.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.#open.length,
        debug_info: debug,
        connection_info: { app_id: APP.id },
      }),
    );
  }

  #hear(data: string): void {
    const message = parseJson(data);
    if (!isObject(message) || typeof message['envelope_id'] !== 'string') return;
    this.#waiting.get(message['envelope_id'])?.({ kind: 'acked', body: message['payload'] });
    this.#waiting.delete(message['envelope_id']);
  }

  #dismiss(connection: WebSocket, reason: DisconnectReason): void {
    connection.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: HOST } }));
  }

  #forget(connection: WebSocket): void {
    const index = this.#open.indexOf(connection);
    if (index >= 0) this.#open.splice(index, 1);
  }

  #ping(): void {
    for (const connection of this.#open) connection.ping('Ping from sandbox');
  }
}
