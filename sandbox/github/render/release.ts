import type { Release } from '../types.ts';
import type { GitHubWorld } from '../world.ts';
import { renderAccount } from './accounts.ts';
import { renderReactions } from './reactions.ts';

/** Where a release is shown; a draft below `untagged-…`, as its tag is not made yet. */
export function releaseUrl({ urls }: GitHubWorld, release: Release): string {
  const tag = release.draft ? `untagged-${release.id.toString(16).padStart(20, '0')}` : release.tagName;
  return `${urls.repoHtml()}/releases/tag/${tag}`;
}

/** GitHub's "release". */
export function renderRelease(world: GitHubWorld, release: Release) {
  const { state, urls } = world;
  const api = urls.repoApi();
  const url = `${api}/releases/${release.id}`;
  return {
    url,
    assets_url: `${url}/assets`,
    upload_url: `${url}/assets{?name,label}`,
    html_url: releaseUrl(world, release),
    id: release.id,
    node_id: state.nodeId('Release', release.id),
    author: renderAccount(world, release.author),
    tag_name: release.tagName,
    target_commitish: release.targetCommitish,
    name: release.name,
    body: release.body,
    draft: release.draft,
    prerelease: release.prerelease,
    immutable: false,
    created_at: release.createdAt,
    updated_at: release.updatedAt,
    published_at: release.publishedAt,
    assets: [],
    tarball_url: release.draft ? null : `${api}/tarball/${release.tagName}`,
    zipball_url: release.draft ? null : `${api}/zipball/${release.tagName}`,
    reactions: renderReactions(`${url}/reactions`),
  };
}
