import { ask } from '../lib/http.ts';

/** Pulls a lever of the clusters. */
export function pull(path: string, body: object): Promise<unknown> {
  return ask(`/control/fleet/${path}`, { method: 'POST', body });
}
