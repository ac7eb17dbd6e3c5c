import { useSyncExternalStore } from 'react';

/** What stands behind `#/`, cut at its slashes and decoded. */
export type Route = readonly string[];

/** The page's place, which links (`href="#/pull/13"`), bookmarks and the browser's buttons change. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return hash
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '')
    .map(decode);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
