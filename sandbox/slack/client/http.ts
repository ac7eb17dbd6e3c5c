import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { InputValue, JsonObject, SlackClient } from '../client-types.ts';
import { parseJson, readBody } from '../web/args.ts';

const as = z.string();
const object: z.ZodType<JsonObject> = z.record(z.string(), z.json());
const value: z.ZodType<InputValue> = z.union([z.null(), z.string(), z.number(), z.array(z.string()), object]);
const values = z.record(z.string(), z.record(z.string(), value));
const container = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('message'), channel: z.string(), ts: z.string() }),
  z.object({ kind: z.literal('view'), view_id: z.string() }),
]);
const element = { as, container, block_id: z.string(), action_id: z.string() };

/** What is asked with GET: a name -> what the person named by `as` sees. */
function looks(client: SlackClient): Record<string, (query: URLSearchParams) => unknown> {
  const who = (query: URLSearchParams) => query.get('as') ?? '';
  return {
    people: () => client.people(),
    groups: () => client.groups(),
    channels: (query) => client.channels(who(query)),
    dms: (query) => client.dms(who(query)),
    messages: (query) => client.messages(who(query), query.get('channel') ?? ''),
    views: (query) => client.views(who(query)),
    home: (query) => client.home(who(query)),
  };
}

/** What is done with POST: a name -> its function; the body is checked first. */
function deeds(client: SlackClient): Record<string, (body: unknown) => Promise<unknown>> {
  const message = z.object({
    as,
    channel: z.string(),
    text: z.string(),
    thread_ts: z.string().exactOptional(),
  });
  const command = z.object({ as, channel: z.string(), command: z.string(), text: z.string() });
  const action = z.object({ ...element, value: value.exactOptional(), values: values.exactOptional() });
  const submit = z.object({ as, view_id: z.string(), values: values.exactOptional() });
  const close = z.object({ as, view_id: z.string(), all: z.boolean().exactOptional() });
  const options = z.object({ ...element, query: z.string() });
  const dm = z.object({ as, with: z.string().exactOptional() });
  const home = z.object({ as, tab: z.enum(['home', 'messages']).exactOptional() });
  const arrange = z.object({
    person: z
      .object({
        id: z.string(),
        isDeactivated: z.boolean().exactOptional(),
        isGuest: z.boolean().exactOptional(),
      })
      .exactOptional(),
    group: z.object({ id: z.string(), users: z.array(z.string()) }).exactOptional(),
    channel: z.object({ id: z.string(), members: z.array(z.string()) }).exactOptional(),
  });
  return {
    message: async (body) => client.message(message.parse(body)),
    command: async (body) => client.command(command.parse(body)),
    action: async (body) => client.action(action.parse(body)),
    submit: async (body) => client.submit(submit.parse(body)),
    close: async (body) => client.close(close.parse(body)),
    options: async (body) => client.options(options.parse(body)),
    'open-dm': async (body) => client.openDm(dm.parse(body)),
    'open-home': async (body) => client.openHome(home.parse(body)),
    arrange: async (body) => client.arrange(arrange.parse(body)),
  };
}

/** Answers `/client/<name>`. */
export class ClientHttp {
  readonly #client: SlackClient;
  readonly #looks: ReturnType<typeof looks>;
  readonly #deeds: ReturnType<typeof deeds>;
  readonly #streams = new Set<ServerResponse>();

  constructor(client: SlackClient) {
    this.#client = client;
    this.#looks = looks(client);
    this.#deeds = deeds(client);
  }

  async handle(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const query = new URL(request.url ?? '/', 'http://sandbox').searchParams;
    if (name === 'stream') return this.#stream(query.get('as') ?? '', response);
    const look = request.method === 'GET' ? this.#looks[name] : undefined;
    if (look) return send(response, 200, look(query));
    const deed = request.method === 'POST' ? this.#deeds[name] : undefined;
    if (!deed) return send(response, 404, { message: `No such thing: ${name}` });
    try {
      send(response, 200, await deed(parseJson(await readBody(request))));
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      send(response, 400, { message: z.prettifyError(error) });
    }
  }

  /** Ends every stream. */
  close(): void {
    for (const response of this.#streams) response.end();
  }

  /** Server-sent events: one `changed` for each change that this person sees. */
  #stream(user: string, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': open\n\n');
    this.#streams.add(response);
    const end = this.#client.on('changed', (who, change) => {
      if (who === user) response.write(`event: changed\ndata: ${JSON.stringify(change)}\n\n`);
    });
    response.on('close', () => {
      this.#streams.delete(response);
      end();
    });
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(body));
}
