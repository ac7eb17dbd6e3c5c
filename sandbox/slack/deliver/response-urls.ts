import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Json, JsonObject } from '../client-types.ts';
import { keptValues, valuesFor } from '../element-values.ts';
import { APP, TEAM } from '../ids.ts';
import type { Message, ResponseUrl } from '../state.ts';
import { type Args, isObject, parseJson, readBody, text } from '../web/args.ts';
import { contentOf, LONGEST_POST } from '../web/content.ts';
import { Refusal } from '../web/reply.ts';
import { forget, type Workspace } from '../workspace.ts';

/** A new address at which the app may answer: five times within half an hour. */
export function newResponseUrl(
  workspace: Workspace,
  kind: 'commands' | 'actions' | 'app',
  from: { readonly user: string; readonly channel: string; readonly message?: Message },
): string {
  const key = randomBytes(12).toString('hex');
  const { message } = from;
  forget(workspace.responseUrls, workspace.now() - workspace.limits.responseUrlMs);
  workspace.responseUrls.set(key, {
    key,
    user: from.user,
    channel: from.channel,
    expires: workspace.now() + workspace.limits.responseUrlMs,
    ...(message === undefined ? {} : { messageTs: message.ts }),
    ...(message?.threadTs === undefined ? {} : { threadTs: message.threadTs }),
    uses: 0,
  });
  return `${workspace.options.publicUrl()}/${kind}/${TEAM.id}/${key}`;
}

/** Answers a POST to a response URL. https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
export async function answerResponseUrl(
  workspace: Workspace,
  key: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = parseJson(await readBody(request));
  let answer = { status: 200, text: 'ok' };
  const outcome = await workspace.options.faults.around('slack', 'response_url', async () => {
    answer = respond(workspace, key, body);
    return answer.status;
  });
  if (outcome.kind === 'silence') return;
  if (outcome.kind === 'error') {
    const wait: Record<string, string> =
      outcome.retryAfter === undefined ? {} : { 'retry-after': String(outcome.retryAfter) };
    response.writeHead(outcome.status, wait).end(outcome.code ?? 'server_error');
  } else response.writeHead(answer.status, { 'content-type': 'text/html' }).end(answer.text);
  workspace.options.faults.answered(outcome.call);
}

function respond(
  workspace: Workspace,
  key: string,
  body: Json | undefined,
): { status: number; text: string } {
  const url = workspace.responseUrls.get(key);
  if (!url) return { status: 404, text: 'no_service' };
  if (workspace.now() > url.expires) return { status: 404, text: 'expired_url' };
  if (url.uses >= workspace.limits.responseUrlUses) return { status: 404, text: 'used_url' };
  if (!isObject(body)) return { status: 400, text: 'invalid_payload' };
  try {
    apply(workspace, url, body);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: 400, text: JSON.stringify({ ok: false, error: error.code, ...error.fields }) };
  }
  url.uses += 1;
  return { status: 200, text: 'ok' };
}

function apply(workspace: Workspace, url: ResponseUrl, body: Args): void {
  const original = url.messageTs === undefined ? undefined : workspace.message(url.channel, url.messageTs);
  if (body['delete_original'] === true) {
    if (original?.isBot) workspace.remove(original);
    return;
  }
  if (body['replace_original'] === true && original?.isBot) replace(workspace, original, body);
  else postResponse(workspace, url, body);
}

function replace(workspace: Workspace, original: Message, body: Args): void {
  const content = contentOf(body, LONGEST_POST);
  original.values = valuesFor(content.blocks, keptValues(original.blocks, content.blocks, original.values));
  original.text = content.text;
  original.blocks = content.blocks;
  original.attachments = content.attachments;
  original.edited = { user: APP.userId, ts: workspace.nextTs() };
  workspace.messageChanged(original);
}

/** Posts an app's answer to a command or an action: to that person only, or `in_channel`. */
export function postResponse(
  workspace: Workspace,
  to: { readonly user: string; readonly channel: string; readonly threadTs?: string },
  body: JsonObject | Args,
): Message {
  const content = contentOf(body, LONGEST_POST);
  const threadTs = text(body, 'thread_ts') ?? to.threadTs;
  return workspace.add({
    channel: to.channel,
    ts: workspace.nextTs(),
    user: APP.userId,
    isBot: true,
    ...(threadTs === undefined ? {} : { threadTs }),
    ...(body['response_type'] === 'in_channel' ? {} : { ephemeralFor: to.user }),
    broadcast: false,
    ...content,
    values: valuesFor(content.blocks, {}),
    offered: {},
  });
}
