import { useSyncExternalStore } from 'react';

const query = window.matchMedia('(max-width: 900px)');

/** Whether there is room for one pane only; the width is the same as in the style sheets. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => query.matches);
}

function subscribe(listener: () => void): () => void {
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
