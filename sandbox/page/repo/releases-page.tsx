import { useEffect } from 'react';

import type { Release, Tag } from './github-types.ts';
import { NewRelease } from './new-release.tsx';
import { ReleaseCard } from './release-card.tsx';
import { useGitHubData } from './use-github.ts';

/** The releases, and every tag. @param tag of the release that a link led to; empty for none. */
export function ReleasesPage({ tag }: { tag: string }) {
  const releases = useGitHubData<readonly Release[]>('/releases?per_page=100');
  const tags = useGitHubData<readonly Tag[]>('/tags?per_page=100');
  const isThere = releases.data?.some(({ tag_name }) => tag_name === tag) === true;
  useEffect(() => {
    if (isThere) document.querySelector(`[data-release="${CSS.escape(tag)}"]`)?.scrollIntoView();
  }, [tag, isThere]);
  const error = releases.error ?? tags.error;
  return (
    <>
      {error && <p className="problem">{error}</p>}
      <NewRelease />
      {releases.data?.map((release) => (
        <ReleaseCard key={release.id} release={release} />
      ))}
      {releases.data?.length === 0 && <p className="empty">There is no release yet.</p>}
      <h2>Tags</h2>
      <ul className="rows" id="tags">
        {tags.data?.map(({ name, commit }) => (
          <li key={name} data-tag={name}>
            <strong className="grow">{name}</strong>
            <a href={`#/commit/${commit.sha}`}>
              <code>{commit.sha.slice(0, 7)}</code>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
