import { pageLink } from '../repo/page-link.ts';

/** Follows a link button: on this page where it shows that, else beside it. */
export function openUrl(url: string, worldUrl: string, repo: string): void {
  const inside = pageLink(url, worldUrl, repo);
  if (inside) window.location.hash = inside;
  else window.open(url, url.startsWith(`${worldUrl}/`) ? '_self' : '_blank', 'noreferrer');
}
