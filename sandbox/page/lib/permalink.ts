/** What a Slack permalink names: the sandbox's Slack sends its permalinks to `/?channel=…&message=…`. */
export interface Permalink {
  readonly channel: string;
  readonly ts: string;
}

/** The permalink by which this page was opened; it is taken off the address, so that it counts once. */
function takePermalink(): Permalink | undefined {
  const query = new URLSearchParams(window.location.search);
  const channel = query.get('channel');
  if (!channel) return undefined;
  window.history.replaceState(null, '', `/${window.location.hash}`);
  return { channel, ts: query.get('message') ?? '' };
}

export const permalink = takePermalink();
