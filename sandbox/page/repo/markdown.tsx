import Renderer from 'react-markdown';
import remarkGfm from 'remark-gfm';

import { useWorld } from '../lib/world.tsx';
import { pageLink } from './page-link.ts';

/** GitHub's markdown. HTML in it is shown as text, and its links open beside this page. */
export function Markdown({ text }: { text: string }) {
  const { url, repo } = useWorld();
  return (
    <div className="markdown">
      <Renderer
        remarkPlugins={[remarkGfm]}
        components={{
          a: ({ href = '', children }) => {
            const inside = pageLink(href, url, repo);
            return inside ? (
              <a href={inside}>{children}</a>
            ) : (
              <a href={href} target="_blank" rel="noreferrer">
                {children}
              </a>
            );
          },
        }}
      >
        {text}
      </Renderer>
    </div>
  );
}
