import type { AskedRollout } from '../domain/rollout/asked-rollout.ts';
import { clip } from './clip.ts';
import type { SlackMessage } from './request-message.ts';
import { line, richText, words } from './rich-text.ts';
import { type RolloutStory, rolloutMessage } from './rollout-message.ts';
import { fallback } from './slack-text.ts';

/** The answer to `/trunkline rollout`, to the person alone: what its message in the channel says, without buttons. */
export function rolloutAnswer(
  asked: AskedRollout,
  story: RolloutStory | undefined,
  now: number,
): SlackMessage {
  if (story !== undefined) {
    const { text, blocks } = rolloutMessage(story, now);
    return { text, blocks: blocks.filter(({ type }) => type !== 'actions') };
  }
  const text = missing(asked);
  return { text: fallback(text), blocks: [richText(line(words(text)))] };
}

function missing(asked: AskedRollout): string {
  switch (asked.kind) {
    case 'latest':
      return 'Nothing has been rolled out yet, as far as Trunkline knows.';
    case 'pull-request':
      return `Trunkline knows no rollout of #${asked.number}.`;
    case 'version':
      return `Trunkline knows no rollout of ${clip(asked.version, 100)}. Ask by version (v0.0.3) or by pull request (#42).`;
  }
}
