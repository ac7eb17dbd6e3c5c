import { clip } from './clip.ts';
import { someOf } from './listing.ts';
import type { SlackMessage } from './request-message.ts';
import { line, link, richText, words } from './rich-text.ts';
import { fallback } from './slack-text.ts';

/** Said once where the bot may not ask Flux to fetch a merge. */
export function notAllowedNote(managements: readonly string[]): SlackMessage {
  const names = someOf(
    managements.map((name) => clip(name, 80)),
    5,
  );
  const text = `Trunkline may not ask Flux to fetch the merge on ${names}, so it waits for Flux's own interval. To be quicker, let it patch GitRepositories there, or set rollout.requestReconciliation to false.`;
  return { text: fallback(text), blocks: [richText(line(words(text)))] };
}

/** In the thread of a release's announcement: where its rollout is told. */
export function releaseRolloutNote(version: string, url: string): SlackMessage {
  const text = `${clip(version, 100)} is rolling out to production`;
  return {
    text: fallback(`${text}.`),
    blocks: [richText(line(words('🚀 '), link(url, text), words('.')))],
  };
}
