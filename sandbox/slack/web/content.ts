import type { JsonObject } from '../client-types.ts';
import { blockFaults, messageBlocks } from '../kit/check-blocks.ts';
import { fallbackText } from '../render-message.ts';
import { type Args, isObject, json, text } from './args.ts';
import { Refusal, refusalWithMessages } from './reply.ts';

/** What a message says. */
export interface Content {
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  readonly attachments: readonly JsonObject[];
}

/** Characters of `text` that `chat.postMessage` takes. https://docs.slack.dev/reference/methods/chat.postMessage */
export const LONGEST_POST = 40_000;
/** Characters of `text` that `chat.update` takes. */
export const LONGEST_UPDATE = 4000;
const LONGEST_MARKDOWN = 12_000;
const MOST_ATTACHMENTS = 100;

/** The content of a call, checked as Slack checks it. */
export function contentOf(args: Args, longest: number): Content {
  const markdown = text(args, 'markdown_text');
  if (markdown !== undefined) return markdownContent(args, markdown);
  const blocks = messageBlocks(json(args, 'blocks', 'invalid_blocks_format'));
  const attachments = attachmentsOf(args);
  const given = text(args, 'text') ?? '';
  if (given.trim() === '' && blocks.length === 0 && attachments.length === 0) throw new Refusal('no_text');
  if (given.length > longest) throw new Refusal('msg_too_long');
  return { text: given === '' ? fallbackText(blocks) : given, blocks, attachments };
}

function markdownContent(args: Args, markdown: string): Content {
  if (text(args, 'text') !== undefined || args['blocks'] !== undefined)
    throw new Refusal('markdown_text_conflict');
  if (markdown.length > LONGEST_MARKDOWN) throw new Refusal('msg_too_long');
  return { text: markdown, blocks: messageBlocks([{ type: 'markdown', text: markdown }]), attachments: [] };
}

function attachmentsOf(args: Args): readonly JsonObject[] {
  const attachments = json(args, 'attachments', 'invalid_attachments');
  if (attachments === undefined) return [];
  if (!Array.isArray(attachments) || !attachments.every(isObject)) throw new Refusal('invalid_attachments');
  if (attachments.length > MOST_ATTACHMENTS) throw new Refusal('too_many_attachments');
  attachments.forEach((attachment, index) => {
    const blocks = attachment['blocks'];
    const faults = blocks === undefined ? [] : blockFaults(blocks, 'message', `/attachments/${index}/blocks`);
    if (faults.length > 0) throw refusalWithMessages('invalid_attachments', faults);
  });
  return attachments.map((attachment, index) => ({ id: index + 1, ...attachment }));
}
