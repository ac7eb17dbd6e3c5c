import { pageFragment } from '../../page-fragment.ts';

/** The place on this page that a link to the sandbox's GitHub means; undefined for every other link. */
export function pageLink(href: string, worldUrl: string, repo: string): string | undefined {
  const root = `${worldUrl}/github`;
  if (!href.startsWith(`${root}/`)) return undefined;
  const [path = ''] = href.slice(root.length).split(/[?#]/);
  return pageFragment(path, repo);
}
