import { useState } from 'react';

import type { ClientMessage, InputValue, JsonObject } from '../../slack/client-types.ts';
import { Avatar } from '../lib/avatar.tsx';
import { permalink } from '../lib/permalink.ts';
import { slackTime } from '../lib/time.ts';
import { useWorld } from '../lib/world.tsx';
import { Blocks } from './blocks.tsx';
import { slack } from './client.ts';
import { Composer } from './composer.tsx';
import type { Host } from './host.ts';
import { Mrkdwn } from './mrkdwn.tsx';
import { openUrl } from './open-url.ts';
import { useSlack } from './slack-context.tsx';

/** One message, with its thread below it. */
export function Message({ message, inThread = false }: { message: ClientMessage; inThread?: boolean }) {
  const { as, people } = useSlack();
  const { url, repo } = useWorld();
  const [open, setOpen] = useState(message.replies.some(({ ts }) => ts === permalink?.ts));
  const [notice, setNotice] = useState<string>();
  const author = people.find(({ id }) => id === message.user);
  const name = author?.name ?? message.handle;
  const host: Host = {
    kind: 'message',
    values: message.values,
    errors: {},
    busy: false,
    dispatch: async (block_id, action_id, value?: InputValue) => {
      const container = { kind: 'message', channel: message.channel, ts: message.ts } as const;
      const outcome = await slack.action({
        as,
        container,
        block_id,
        action_id,
        ...(value === undefined ? {} : { value }),
      });
      if (outcome.url) openUrl(outcome.url, url, repo);
      setNotice(outcome.outcome === 'ok' ? undefined : (outcome.message ?? 'This app is not answering.'));
    },
    options: (block_id, action_id, query) =>
      slack.options({
        as,
        container: { kind: 'message', channel: message.channel, ts: message.ts },
        block_id,
        action_id,
        query,
      }),
  };
  return (
    <article
      className="message"
      data-ts={message.ts}
      data-ephemeral={message.ephemeral}
      data-linked={message.ts === permalink?.ts}
      aria-label={`${name}, ${slackTime(message.ts)}`}
    >
      <Avatar name={name} size={inThread ? 26 : 36} />
      <div className="message-body">
        <p className="message-head">
          <strong>{name.replace(' (sample)', '')}</strong>
          {message.isBot && <span className="app-badge">APP</span>}
          <time>{slackTime(message.ts)}</time>
          {message.edited && <span className="muted">(edited)</span>}
        </p>
        {message.ephemeral && <p className="only-you">Only visible to you</p>}
        {message.blocks.length > 0 ? (
          <Blocks blocks={message.blocks} host={host} />
        ) : (
          <Mrkdwn text={message.text} />
        )}
        {message.attachments.map((attachment, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: attachments have no name and never move
          <Attachment key={index} attachment={attachment} host={host} />
        ))}
        {notice && (
          <p className="problem" role="alert">
            {notice}
          </p>
        )}
        {!inThread && !message.ephemeral && (
          <button
            type="button"
            className="quiet thread-toggle"
            aria-expanded={open}
            data-replies={message.replies.length}
            onClick={() => setOpen(!open)}
          >
            {threadLabel(message.replies.length, open)}
          </button>
        )}
        {open && (
          <section className="thread" aria-label="Thread">
            {message.replies.map((reply) => (
              <Message key={reply.ts} message={reply} inThread />
            ))}
            <Composer channel={message.channel} threadTs={message.ts} label="Reply in the thread" />
          </section>
        )}
      </div>
    </article>
  );
}

function threadLabel(replies: number, open: boolean): string {
  if (open) return 'Close the thread';
  if (replies === 0) return 'Reply';
  return replies === 1 ? '1 reply' : `${replies} replies`;
}

function Attachment({ attachment, host }: { attachment: JsonObject; host: Host }) {
  const { color, blocks, text, fallback } = attachment;
  const plain = typeof text === 'string' ? text : typeof fallback === 'string' ? fallback : '';
  const hex =
    typeof color === 'string' && /^#?[0-9a-f]{6}$/i.test(color) ? `#${color.replace('#', '')}` : undefined;
  return (
    <div className="attachment" style={hex ? { borderColor: hex } : {}}>
      {Array.isArray(blocks) ? (
        <Blocks blocks={blocks as readonly JsonObject[]} host={host} />
      ) : (
        <Mrkdwn text={plain} />
      )}
    </div>
  );
}
