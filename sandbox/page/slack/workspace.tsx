import { useState } from 'react';

import { useLive } from '../lib/live.ts';
import { permalink } from '../lib/permalink.ts';
import { useStored } from '../lib/stored.ts';
import { useWorld } from '../lib/world.tsx';
import { ChannelList } from './channel-list.tsx';
import { ChannelPane } from './channel-pane.tsx';
import { slack } from './client.ts';
import { Modal } from './modal.tsx';
import { useReadMarks } from './read-marks.ts';
import { SlackProvider } from './slack-context.tsx';

const FIRST_CHANNEL = 'C0REQUESTS';

/** The sandbox's Slack as one person sees it. */
export function Workspace({ dark }: { dark: boolean }) {
  const { me } = useWorld();
  const as = me.slackId;
  const people = useLive('people', [], slack.people);
  const groups = useLive('groups', [], slack.groups);
  const channels = useLive(`channels-${as}`, ['slack'], () => slack.channels(as));
  const dms = useLive(`dms-${as}`, ['slack'], () => slack.dms(as));
  const views = useLive(`views-${as}`, ['views'], () => slack.views(as));
  const [stored, setStored] = useStored(`channel-${as}`, FIRST_CHANNEL);
  const [linked, setLinked] = useState(permalink?.channel);
  const chosen = linked ?? stored;
  const [open, setOpen] = useState(false);
  const marks = useReadMarks(as);
  const all = [...(channels.data ?? []), ...(dms.data ?? [])];
  const channel = all.find(({ id }) => id === chosen) ?? all[0];
  const view = views.data?.at(-1);
  const choose = (id: string) => {
    setStored(id);
    setLinked(undefined);
    setOpen(false);
  };
  return (
    <SlackProvider
      value={{
        as,
        dark,
        people: people.data ?? [],
        groups: groups.data ?? [],
        channels: channels.data ?? [],
      }}
    >
      <section className="pane slack" aria-label="Slack" data-list-open={open}>
        <ChannelList
          channels={channels.data ?? []}
          dms={dms.data ?? []}
          chosen={channel?.id}
          isUnread={marks.isUnread}
          onChoose={choose}
        />
        {channel ? (
          <ChannelPane
            key={channel.id}
            channel={channel}
            onRead={(latest) => marks.markRead(channel.id, latest)}
            onList={() => setOpen(!open)}
          />
        ) : (
          <p className="notice">{channels.error ?? 'Opening Slack …'}</p>
        )}
        {view && <Modal key={view.id} view={view} depth={views.data?.length ?? 1} />}
      </section>
    </SlackProvider>
  );
}
