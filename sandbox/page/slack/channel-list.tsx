import type { ClientChannel } from '../../slack/client-types.ts';
import { changed } from '../lib/live.ts';
import { useWorld } from '../lib/world.tsx';
import { slack } from './client.ts';

interface Props {
  readonly channels: readonly ClientChannel[];
  readonly dms: readonly ClientChannel[];
  readonly chosen: string | undefined;
  isUnread(channel: string, latest: string | undefined): boolean;
  onChoose(id: string): void;
}

/** The channels a person is in and the direct messages, bold when something new is in them. */
export function ChannelList({ channels, dms, chosen, isUnread, onChoose }: Props) {
  const { me } = useWorld();
  const item = (channel: ClientChannel) => {
    const unread = channel.id !== chosen && isUnread(channel.id, channel.latest);
    return (
      <li key={channel.id}>
        <button
          type="button"
          id={`channel-${channel.id}`}
          data-unread={unread}
          aria-current={channel.id === chosen}
          onClick={() => onChoose(channel.id)}
        >
          <span aria-hidden="true">{channel.isIm ? '@' : '#'}</span>
          <span className="grow">{channel.name}</span>
          {unread && <span className="dot" role="img" aria-label="unread" />}
        </button>
      </li>
    );
  };
  async function openDm() {
    const { channel } = await slack.openDm(me.slackId);
    changed('slack');
    if (channel) onChoose(channel);
  }
  return (
    <nav className="channels" aria-label="Channels and direct messages">
      <p className="workspace-name">Sandbox</p>
      <h2>Channels</h2>
      <ul>{channels.filter(({ isMember }) => isMember).map(item)}</ul>
      <h2>Direct messages</h2>
      <ul>
        {dms.map(item)}
        {dms.length === 0 && (
          <li>
            <button type="button" id="open-dm" onClick={() => void openDm()}>
              <span aria-hidden="true">+</span>
              <span className="grow">trunkline</span>
            </button>
          </li>
        )}
      </ul>
    </nav>
  );
}
