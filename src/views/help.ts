import type { KnownBlock } from '@slack/types';
import { clip } from './clip.ts';
import { listing } from './listing.ts';
import type { SlackMessage } from './request-message.ts';
import { line, richText, words } from './rich-text.ts';
import { fallback } from './slack-text.ts';

/** One command, as its own file describes it. */
export interface HelpEntry {
  /** How it is typed, such as `/trunkline help`. */
  readonly usage: string;
  /** What it does: one sentence. */
  readonly what: string;
  /** Who may use it, in words, such as `every full member`. */
  readonly who: string;
}

const mostCommands = 45;

/** The answer to `/trunkline help`. */
export function help(commands: readonly HelpEntry[]): SlackMessage {
  const shown = commands.slice(0, mostCommands);
  const blocks = shown.map(
    ({ usage, what, who }): KnownBlock =>
      richText(
        line(
          words(clip(usage, 100), { code: true }),
          words(`\n${clip(what, 300)}`),
          words(`\nFor ${clip(who, 100)}.`),
        ),
      ),
  );
  return { text: fallback(`Commands: ${shown.map(({ usage }) => clip(usage, 60)).join(', ')}`), blocks };
}

/** The answer to a verb that does not exist. */
export function unknownVerb(verb: string, known: readonly { readonly verb: string }[]): SlackMessage {
  const verbs = listing(known.map((each) => each.verb));
  const text = `There is no /trunkline ${clip(verb, 60)}. What there is: ${verbs}.`;
  return { text: fallback(text), blocks: [richText(line(words(text)))] };
}
