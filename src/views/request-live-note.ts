import { clip } from './clip.ts';
import { durationText } from './duration-text.ts';
import { someOf } from './listing.ts';
import type { PullRequestLink, SlackMessage } from './request-message.ts';
import { line, link, richText, words } from './rich-text.ts';
import { fallback } from './slack-text.ts';

export interface LiveRequest {
  readonly pullRequest: PullRequestLink;
  /** Workload clusters that have applied it, at least one. */
  readonly clusters: readonly string[];
  /** Milliseconds from the merge. */
  readonly tookMs: number;
}

const mostClusters = 10;

/** That a request is live, and where: for its thread and for whoever asked. */
export function requestLiveNote({ pullRequest, clusters, tookMs }: LiveRequest): SlackMessage {
  const { url, number, title } = pullRequest;
  const names = someOf(
    clusters.map((name) => clip(name, 80)),
    mostClusters,
  );
  const text = `Live in ${names}, ${durationText(tookMs)} after the merge.`;
  return {
    text: fallback(text),
    blocks: [richText(line(words(`🟢 ${text} `), link(url, `#${number} ${clip(title, 200)}`)))],
  };
}
