import type { KnownBlock, RichTextElement } from '@slack/types';
import type { SlackUserId } from '../domain/ids.ts';
import type { Outcome } from '../domain/rollout/outcome.ts';
import { someOf } from './listing.ts';
import type { SlackMessage } from './request-message.ts';
import { bullets, line, person, richText, words } from './rich-text.ts';
import { failureButtons } from './rollout-actions.ts';
import { durationLines, type RolloutStory, subject, targetOf } from './rollout-message.ts';
import { failureLine, outcomeText } from './rollout-outcome-text.ts';
import { fallback } from './slack-text.ts';

/** Whom the news of a rollout is for. */
export interface RolloutAudience {
  readonly requestedBy: SlackUserId | undefined;
  /** Slack's id of the user group on call. */
  readonly onCall: string | undefined;
}

type Ended = Exclude<Outcome, { readonly kind: 'under-way' }>;

const mostFailures = 8;

/**
 * The news of how a rollout ended, for the thread of its message; trouble mentions who asked for it and who is on call.
 * @param hasFailed whether it had been told before that it failed or was stuck: then the end is a recovery.
 */
export function rolloutEnd(
  story: Omit<RolloutStory, 'outcome'> & { readonly outcome: Ended },
  audience: RolloutAudience,
  now: number,
  hasFailed = false,
): SlackMessage {
  const { outcome } = story;
  const { mark, text } = outcomeText(outcome, now - story.startedAt);
  const isRecovery = hasFailed && outcome.kind === 'applied';
  const said = `${subject(story)} ${isRecovery ? `has recovered: it ${text}` : text}`;
  const isTrouble = outcome.kind === 'failed' || outcome.kind === 'stuck';
  const mentions = isTrouble || isRecovery ? mentionsOf(audience) : [];
  const blocks: KnownBlock[] = [richText(line(words(`${mark} ${said}`), ...mentions))];
  if (outcome.kind === 'applied') blocks.push(richText(bullets(durationLines(outcome))));
  if (outcome.kind === 'failed') blocks.push(...failureBlocks(story, outcome));
  return { text: fallback(said), blocks: blocks.filter(isFull) };
}

/** That some of a rollout works after all, while the rest of it goes on. */
export function rolloutRecovered(
  story: Pick<RolloutStory, 'version' | 'pullRequests'>,
  pulls: readonly { readonly number: number }[],
  audience: RolloutAudience,
): SlackMessage {
  const numbers = someOf(
    pulls.map(({ number }) => `#${number}`),
    5,
  );
  const said = `${subject(story)} has recovered where ${numbers} goes; the rest of it goes on.`;
  return {
    text: fallback(said),
    blocks: [richText(line(words(`🟢 ${said}`), ...mentionsOf(audience)))],
  };
}

function failureBlocks(
  { key, change }: Pick<RolloutStory, 'key' | 'change'>,
  { failures }: Extract<Outcome, { kind: 'failed' }>,
): readonly KnownBlock[] {
  const shown = failures.slice(0, mostFailures).map((failure) => line(words(failureLine(failure))));
  const more = failures.length - shown.length;
  const lines = more > 0 ? [...shown, line(words(`and ${more} more`))] : shown;
  const [first] = failures;
  const buttons = first === undefined ? [] : failureButtons(targetOf(key, first), change);
  return [richText(bullets(lines)), ...buttons];
}

function mentionsOf({ requestedBy, onCall }: RolloutAudience): readonly RichTextElement[] {
  const people: RichTextElement[] = [
    ...(requestedBy === undefined ? [] : [words(' '), person(requestedBy)]),
    ...(onCall === undefined ? [] : [words(' '), { type: 'usergroup', usergroup_id: onCall } as const]),
  ];
  return people;
}

/** Slack takes no empty list. */
function isFull(block: KnownBlock): boolean {
  if (block.type !== 'rich_text') return true;
  return block.elements.every(({ elements }) => elements.length > 0);
}
