import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject } from '../client-types.ts';
import type { Workspace } from '../workspace.ts';
import { type Args, readArgs, text } from './args.ts';
import type { Method } from './method.ts';
import { Rates } from './rates.ts';
import { type Fields, Refusal } from './reply.ts';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

/** Answers `/api/<method>` as Slack's Web API does. https://docs.slack.dev/apis/web-api */
export class WebApi {
  readonly #workspace: Workspace;
  readonly #methods: ReadonlyMap<string, Method>;
  readonly #rates: Rates;

  constructor(workspace: Workspace, methods: readonly Method[]) {
    this.#workspace = workspace;
    this.#methods = new Map(methods.map((method) => [method.name, method]));
    this.#rates = new Rates(workspace.limits, workspace.now);
  }

  /** Reads the call, lets faults strike it, answers. */
  async handle(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const read = await readArgs(request).then(
      (args) => () => args,
      (error: unknown) => () => {
        throw error;
      },
    );
    const { faults } = this.#workspace.options;
    let answer: Answer | undefined;
    const outcome = await faults.around('slack', name, async () => {
      answer = this.#answer(name, read, request.headers.authorization);
      return answer.status;
    });
    if (outcome.kind === 'silence') return;
    const sent = outcome.kind === 'error' ? faultAnswer(outcome) : answer;
    if (sent) send(response, sent);
    faults.answered(outcome.call);
  }

  #answer(name: string, read: () => Args, authorization: string | undefined): Answer {
    const method = this.#methods.get(name);
    const headers = this.#scopeHeaders(method);
    try {
      const args = read();
      if (!method) throw new Refusal('unknown_method', { req_method: name });
      const fields = this.#run(method, args, authorization);
      return { status: 200, headers, body: { ok: true, ...fields } };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return refusalAnswer(error, headers);
    }
  }

  #run(method: Method, args: Args, authorization: string | undefined): Fields {
    this.#authenticate(method, text(args, 'token') ?? authorization?.replace(/^Bearer /i, ''));
    const scopes = new Set(this.#workspace.options.scopes);
    const call = { workspace: this.#workspace, args, scopes };
    const needed = typeof method.scopes === 'function' ? method.scopes(call) : method.scopes;
    if (needed.some((scope) => !scopes.has(scope))) {
      throw new Refusal('missing_scope', { needed: needed.join(','), provided: [...scopes].join(',') });
    }
    this.#rates.take(method.name, method.tier);
    if (method.name === 'chat.postMessage')
      this.#rates.takePost(this.#conversation(text(args, 'channel') ?? ''));
    return method.run(call);
  }

  /** One name for a conversation, however the caller named it. */
  #conversation(named: string): string {
    const { channels } = this.#workspace;
    const found = channels.find((each) =>
      each.isIm ? each.user === named : each.name === named.replace(/^#/, ''),
    );
    return found?.id ?? named;
  }

  #authenticate(method: Method, token: string | undefined): void {
    const { bot, app } = this.#workspace.tokens;
    if (token === undefined || token === '') throw new Refusal('not_authed');
    if (token !== bot && token !== app) throw new Refusal('invalid_auth');
    if ((token === app) !== (method.token === 'app')) throw new Refusal('not_allowed_token_type');
  }

  #scopeHeaders(method: Method | undefined): Record<string, string> {
    const accepted = method && typeof method.scopes !== 'function' ? method.scopes.join(',') : '';
    return {
      'x-oauth-scopes':
        method?.token === 'app' ? 'connections:write' : this.#workspace.options.scopes.join(','),
      ...(accepted === '' ? {} : { 'x-accepted-oauth-scopes': accepted }),
    };
  }
}

function refusalAnswer(refusal: Refusal, headers: Readonly<Record<string, string>>): Answer {
  const body = { ok: false, error: refusal.code, ...refusal.fields };
  if (refusal.retryAfter === undefined) return { status: 200, headers, body };
  return { status: 429, headers: { ...headers, 'retry-after': String(refusal.retryAfter) }, body };
}

/** A failure that the tester asked for; `code` is Slack's error code, status 200 then carries it as `ok: false`. */
function faultAnswer(fault: {
  readonly status: number;
  readonly retryAfter?: number;
  readonly code?: string;
}): Answer {
  const code =
    fault.code ??
    (fault.status === 429 ? 'ratelimited' : fault.status === 401 ? 'invalid_auth' : 'internal_error');
  const headers: Record<string, string> =
    fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
  return { status: fault.status, headers, body: { ok: false, error: code } };
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}
