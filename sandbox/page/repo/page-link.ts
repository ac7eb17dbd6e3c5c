import { pageFragment } from '../../page-fragment.ts';

/** The place on this page that a link to the sandbox's GitHub means; undefined for every other link. */
export function pageLink(href: string, worldUrl: string, repo: string): string | undefined {
  const root = `${worldUrl}/github`;
  if (!href.startsWith(`${root}/`)) return undefined;
  const [path = ''] = href.slice(root.length).split(/[?#]/);
  return pageFragment(path, repo);
}

/** What a link needs: links to the sandbox stay on this page, others open beside it. */
export function linkProps(href: string, worldUrl: string, repo: string): Readonly<Record<string, string>> {
  const inside = pageLink(href, worldUrl, repo);
  if (inside) return { href: inside };
  if (href.startsWith(`${worldUrl}/`)) return { href };
  return { href, target: '_blank', rel: 'noreferrer' };
}
