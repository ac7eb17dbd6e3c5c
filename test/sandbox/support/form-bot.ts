import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';

/** Where the sandbox's Slack is, and the token to use it with; known only once its world stands. */
export interface SlackAccess {
  readonly apiUrl: string;
  readonly token: string;
}

export interface FormBot {
  readonly url: string;
  connect(slack: SlackAccess): void;
  /** What forms were sent: the view's state as Slack hands it over. */
  readonly submissions: readonly Record<string, unknown>[];
  stop(): Promise<void>;
}

/**
 * A bot of a few lines, told by signed HTTP requests: it answers every command with a form, refuses the name
 * "taken" at its field, and pushes a second form on top when the button in the first is pressed.
 */
export async function startFormBot(): Promise<FormBot> {
  let slack: SlackAccess | undefined;
  const submissions: Record<string, unknown>[] = [];
  const call = (method: string, body: unknown) =>
    fetch(`${slack?.apiUrl}${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack?.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await read(request));
    const payload = JSON.parse(form.get('payload') ?? 'null');
    const answer = payload?.type === 'view_submission' ? submitted(payload, submissions) : undefined;
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer && JSON.stringify(answer));
    const trigger = payload?.trigger_id ?? form.get('trigger_id');
    if (form.has('command')) await call('views.open', { trigger_id: trigger, view: FORM });
    if (payload?.type === 'block_actions') await call('views.push', { trigger_id: trigger, view: SECOND });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    connect: (access) => {
      slack = access;
    },
    submissions,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function submitted(
  payload: { view: { state: { values: Record<string, Record<string, { value?: string }>> } } },
  submissions: Record<string, unknown>[],
): unknown {
  const { values } = payload.view.state;
  if (values['name']?.['text']?.value === 'taken') {
    return { response_action: 'errors', errors: { name: 'This name is taken.' } };
  }
  submissions.push(values);
  return undefined;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

const text = (words: string) => ({ type: 'plain_text', text: words });
const option = (value: string) => ({ text: text(value), value });

const FORM = {
  type: 'modal',
  callback_id: 'first',
  title: text('A form'),
  submit: text('Send'),
  close: text('Cancel'),
  blocks: [
    { type: 'section', text: { type: 'mrkdwn', text: 'Fill it *in*.' } },
    {
      type: 'input',
      block_id: 'name',
      label: text('Name'),
      element: { type: 'plain_text_input', action_id: 'text' },
    },
    {
      type: 'input',
      block_id: 'clouds',
      label: text('Clouds'),
      element: { type: 'checkboxes', action_id: 'list', options: [option('aws'), option('azure')] },
    },
    {
      type: 'input',
      block_id: 'size',
      label: text('Size'),
      element: {
        type: 'static_select',
        action_id: 'one',
        options: [option('small'), option('large')],
        initial_option: option('small'),
      },
    },
    {
      type: 'actions',
      block_id: 'more',
      elements: [{ type: 'button', action_id: 'push', text: text('More'), confirm: confirmation() }],
    },
  ],
};

function confirmation() {
  return { title: text('Sure?'), text: text('One more form.'), confirm: text('Yes'), deny: text('No') };
}

const SECOND = {
  type: 'modal',
  callback_id: 'second',
  title: text('On top'),
  blocks: [{ type: 'section', text: text('Nothing to do.') }],
};
