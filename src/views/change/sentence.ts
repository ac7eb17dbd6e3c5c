import type { RichTextElement } from '@slack/types';
import type { PersonRef } from '../../domain/change/record.ts';
import { cleanLine } from '../../domain/form/clean-text.ts';
import { clip } from '../clip.ts';
import { codeMarkdown, escapeMarkdown } from '../markdown-text.ts';
import { safeLink, webAddress } from '../release/safe-link.ts';
import { person, words } from '../rich-text.ts';

/** A piece of a sentence that Slack and GitHub show each in its own way. A bare string is words as they stand. */
export type Bit =
  | string
  | { readonly kind: 'person'; readonly ref: PersonRef }
  | { readonly kind: 'usergroup'; readonly id: string }
  /** ISO 8601, or milliseconds since the epoch. */
  | { readonly kind: 'time'; readonly at: string | number }
  | { readonly kind: 'link'; readonly url: string; readonly text: string }
  | { readonly kind: 'bold'; readonly text: string };

/** A sentence in pieces. */
export type Sentence = readonly Bit[];

export function who(ref: PersonRef): Bit {
  return { kind: 'person', ref };
}

export function when(at: string | number): Bit {
  return { kind: 'time', at };
}

/** What a person typed, as a quotation of one line that means nothing but itself. */
export function typed(text: string, limit = 300): string {
  return `“${clip(cleanLine(text), limit) || '…'}”`;
}

/** Several people, with words between them; those beyond `most` are counted. */
export function people(refs: readonly PersonRef[], most = 8): Sentence {
  const more = refs.length - most;
  const shown = refs.slice(0, most).map(who);
  const all: readonly Bit[] = more > 0 ? [...shown, `${more} more`] : shown;
  return all.flatMap((one, index) => [
    ...(index === 0 ? [] : [index === all.length - 1 ? ' and ' : ', ']),
    one,
  ]);
}

/** A sentence of about `limit` characters at most, an ellipsis where something was cut off. */
export function clipSentence(sentence: Sentence, limit: number): Sentence {
  const kept: Bit[] = [];
  let left = limit;
  for (const bit of sentence) {
    const room = left - plainText([bit]).length;
    if (room < 0) return [...kept, typeof bit === 'string' ? clip(bit, Math.max(1, left)) : '…'];
    kept.push(bit);
    left = room;
  }
  return kept;
}

/** For Slack: people and groups are mentioned by their ids, times stand in the reader's zone. */
export function slackElements(sentence: Sentence): RichTextElement[] {
  return sentence.map((bit) => (typeof bit === 'string' ? words(bit) : slackElement(bit)));
}

/** For GitHub: nobody is mentioned, times stand in UTC. */
export function markdown(sentence: Sentence): string {
  return sentence
    .map((bit) => {
      if (typeof bit === 'string') return kept(bit);
      if (bit.kind === 'person') return personMarkdown(bit.ref);
      if (bit.kind === 'bold') return `**${escapeMarkdown(bit.text)}**`;
      if (bit.kind !== 'link') return escapeMarkdown(plainBit(bit));
      const url = webAddress(bit.url);
      return url === undefined ? escapeMarkdown(bit.text) : `[${escapeMarkdown(bit.text)}](${url})`;
    })
    .join('');
}

/** For notifications, titles and notes: words only, times in UTC. */
export function plainText(sentence: Sentence): string {
  return sentence.map((bit) => (typeof bit === 'string' ? bit : plainBit(bit))).join('');
}

/** `2026-11-24 18:57 UTC`. */
export function utcText(at: string | number): string {
  const time = new Date(at);
  return Number.isNaN(time.getTime())
    ? 'a time that cannot be read'
    : `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function slackElement(bit: Exclude<Bit, string>): RichTextElement {
  switch (bit.kind) {
    case 'person':
      return bit.ref.slack === undefined ? words(personText(bit.ref)) : person(bit.ref.slack);
    case 'usergroup':
      return { type: 'usergroup', usergroup_id: bit.id };
    case 'time':
      return slackTime(bit.at);
    case 'link':
      return safeLink(bit.url, bit.text);
    case 'bold':
      return words(bit.text, { bold: true });
  }
}

function plainBit(bit: Exclude<Bit, string>): string {
  if (bit.kind === 'person') return personText(bit.ref);
  if (bit.kind === 'usergroup') return `the Slack group ${bit.id}`;
  return bit.kind === 'time' ? utcText(bit.at) : bit.text;
}

function personText({ login, slack }: PersonRef): string {
  if (login !== undefined) return `${clip(cleanLine(login), 60)} (GitHub)`;
  return slack === undefined ? 'somebody unknown' : `${slack} (Slack)`;
}

function personMarkdown(ref: PersonRef): string {
  return ref.login === undefined
    ? escapeMarkdown(personText(ref))
    : codeMarkdown(clip(cleanLine(ref.login), 60));
}

function slackTime(at: string | number): RichTextElement {
  const milliseconds = new Date(at).getTime();
  if (Number.isNaN(milliseconds)) return words(utcText(at));
  return {
    type: 'date',
    timestamp: Math.floor(milliseconds / 1000),
    format: '{date_short_pretty} at {time}',
    fallback: utcText(at),
  };
}

/** Escaping trims lines; the spaces between pieces are part of the sentence. */
function kept(text: string): string {
  const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
  return `${before}${escapeMarkdown(inner)}${after}`;
}
