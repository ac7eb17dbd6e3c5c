import Renderer from 'react-markdown';
import remarkGfm from 'remark-gfm';

import { useWorld } from '../lib/world.tsx';
import { linkNumbers } from './link-numbers.ts';
import { linkProps } from './page-link.ts';

/** GitHub's markdown. HTML in it is shown as text, its comments not at all, and links to elsewhere open beside this page. */
export function Markdown({ text }: { text: string }) {
  const { url, repo } = useWorld();
  return (
    <div className="markdown">
      <Renderer
        remarkPlugins={[remarkGfm, linkNumbers]}
        components={{
          a: ({ href = '', children }) => (
            <a {...(href.startsWith('#/') ? { href } : linkProps(href, url, repo))}>{children}</a>
          ),
        }}
      >
        {text.replace(/^<!--.*?-->$/gms, '')}
      </Renderer>
    </div>
  );
}
