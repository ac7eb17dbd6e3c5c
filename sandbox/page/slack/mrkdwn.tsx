import { Message as Rendered } from 'slack-blocks-to-jsx';

import { useWorld } from '../lib/world.tsx';
import { linkProps } from '../repo/page-link.ts';
import { useSlack } from './slack-context.tsx';

type RenderedBlocks = Parameters<typeof Rendered>[0]['blocks'];

/** Blocks that only show something, by the Block Kit renderer. */
export function Shown({ blocks }: { blocks: readonly unknown[] }) {
  const { dark, people, groups, channels } = useSlack();
  const { url, repo } = useWorld();
  return (
    <Rendered
      withoutWrapper
      theme={dark ? 'dark' : 'light'}
      logo=""
      name=""
      blocks={blocks as RenderedBlocks}
      data={{
        users: people.map(({ id, handle }) => ({ id, name: handle })),
        channels: channels.map(({ id, name }) => ({ id, name })),
        user_groups: groups.map(({ id, handle }) => ({ id, name: handle })),
      }}
      hooks={{
        link: ({ href, children, className }) => (
          <a className={className} {...linkProps(href, url, repo)}>
            {children}
          </a>
        ),
      }}
    />
  );
}

/** Slack's own markup. */
export function Mrkdwn({ text }: { text: string }) {
  if (text === '') return null;
  return <Shown blocks={[{ type: 'section', text: { type: 'mrkdwn', text } }]} />;
}
