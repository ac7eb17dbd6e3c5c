import { useEffect, useRef } from 'react';

import type { ClientChannel } from '../../slack/client-types.ts';
import { useLive } from '../lib/live.ts';
import { permalink } from '../lib/permalink.ts';
import { slack } from './client.ts';
import { Composer } from './composer.tsx';
import { Message } from './message.tsx';
import { useSlack } from './slack-context.tsx';

interface Props {
  readonly channel: ClientChannel;
  onRead(latest: string | undefined): void;
  /** Shows or hides the list of channels where there is no room for both. */
  onList(): void;
}

/** One channel: its messages, and the line to write on. */
export function ChannelPane({ channel, onRead, onList }: Props) {
  const { as } = useSlack();
  const { data: messages, error } = useLive(`messages-${as}-${channel.id}`, ['slack'], () =>
    slack.messages(as, channel.id),
  );
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const newest = messages?.at(-1)?.ts;
  // biome-ignore lint/correctness/useExhaustiveDependencies: onRead is new in every round
  useEffect(() => {
    onRead(channel.latest);
  }, [channel.latest]);
  useEffect(() => {
    if (!newest || !list.current) return;
    const linked =
      permalink?.channel === channel.id && list.current.querySelector(`[data-ts="${permalink.ts}"]`);
    if (linked) linked.scrollIntoView({ block: 'center' });
    else list.current.scrollTop = list.current.scrollHeight;
  }, [newest, channel.id]);
  // A message that grows pushes what is below it out of sight, unless the reader has scrolled away from the end.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what messages hold decides how high they are
  useEffect(() => {
    if (isAtEnd.current && list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [messages]);
  const onScroll = () => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = list.current ?? {};
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < 40;
  };
  const name = channel.isIm ? channel.name : `#${channel.name}`;
  return (
    <div className="channel" data-channel={channel.id}>
      <header>
        <button type="button" className="quiet list-toggle" aria-label="Channels" onClick={onList}>
          ☰
        </button>
        <h1>{name}</h1>
        <p className="muted">{channel.topic}</p>
      </header>
      <div className="messages" ref={list} role="log" aria-label={`Messages in ${name}`} onScroll={onScroll}>
        {error && <p className="problem">{error}</p>}
        {messages?.length === 0 && (
          <p className="empty">
            Nothing has been said here yet. Write <code>/</code> to see the commands.
          </p>
        )}
        {messages?.map((message) => (
          <Message key={`${message.ts}-${message.ephemeral}`} message={message} />
        ))}
      </div>
      <Composer channel={channel.id} label={`Message ${name}`} />
    </div>
  );
}
