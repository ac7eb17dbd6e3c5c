import type { KnownBlock } from '@slack/types';
import type { Condition, FluxObject } from '../domain/rollout/objects.ts';
import { clip } from './clip.ts';
import { durationText } from './duration-text.ts';
import type { SlackMessage } from './request-message.ts';
import { bullets, line, preformatted, richText, words } from './rich-text.ts';
import { fallback } from './slack-text.ts';

/** An event as the cluster tells it. */
export interface WhyEvent {
  readonly at: number;
  readonly isWarning: boolean;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
}

export interface Why {
  readonly management: string;
  /** `namespace/name`. */
  readonly id: string;
  /** As the cluster shows it now; undefined when it is gone. */
  readonly object: FluxObject | undefined;
  /** Newest first; undefined when they cannot be read. */
  readonly events: readonly WhyEvent[] | undefined;
}

const mostEvents = 6;
const messageLimit = 2_500;
const eventLimit = 400;

/** The answer to "Show why": the conditions of one object, and the last events about it. */
export function rolloutWhy({ management, id, object, events }: Why, now: number): SlackMessage {
  const about = clip(`${id} on ${management}`, 250);
  if (object === undefined) {
    const text = `${about} is no longer there.`;
    return { text: fallback(text), blocks: [richText(line(words(text)))] };
  }
  const conditions = [object.stalled, object.ready, object.reconciling].filter((each) => each !== undefined);
  const [first] = conditions.filter(({ message }) => message !== '');
  const names = new Map([
    [object.stalled, 'Stalled'],
    [object.ready, 'Ready'],
    [object.reconciling, 'Reconciling'],
  ]);
  const lines = conditions.map((each) => line(words(conditionText(names.get(each) ?? '', each, now))));
  const blocks: KnownBlock[] = [richText(line(words(about, { bold: true })))];
  if (object.suspended)
    blocks.push(richText(line(words('It is suspended: Flux does nothing until it is resumed.'))));
  if (lines.length > 0) blocks.push(richText(bullets(lines)));
  if (first !== undefined) blocks.push(richText(preformatted(first.message, messageLimit)));
  blocks.push(richText(...eventElements(events, now)));
  return { text: fallback(`Why: ${about}`), blocks };
}

function conditionText(name: string, { status, reason, at }: Condition, now: number): string {
  const since = at > 0 ? `, for ${durationText(now - at)}` : '';
  return `${name} is ${status}${reason === '' ? '' : ` (${clip(reason, 80)})`}${since}`;
}

function eventElements(events: readonly WhyEvent[] | undefined, now: number) {
  if (events === undefined) return [line(words('Its events cannot be read.'))];
  if (events.length === 0) return [line(words('No events about it are kept any more.'))];
  const shown = events.slice(0, mostEvents).map(({ at, isWarning, reason, message, count }) => {
    const often = count > 1 ? `, ${count} times` : '';
    const head = `${isWarning ? '🟠 ' : ''}${clip(reason, 80)}, ${durationText(now - at)} ago${often}`;
    return line(words(`${head}: ${clip(message.replace(/\s+/g, ' '), eventLimit)}`));
  });
  return [line(words('Last events', { bold: true })), bullets(shown)];
}
