import { unknownVerb } from '../../src/views/help.ts';
import type { SlackMessage } from '../../src/views/request-message.ts';
import type { HandlerDeps } from '../ports.ts';
import { VERBS } from './commands.ts';
import type { Typist } from './invocation.ts';

/** What follows `/trunkline <verb>`: an answer to the person alone, or something that opens. */
export type Reaction =
  | { readonly kind: 'answer'; readonly answer: SlackMessage & { readonly response_type: 'ephemeral' } }
  | { readonly kind: 'open'; open(deps: HandlerDeps, by: Typist): Promise<void> };

/** Reads `/trunkline <verb> …`. No verb is help. */
export function trunkline(text: string): Reaction {
  const [wanted = '', ...others] = text.trim().split(/\s+/);
  const rest = others.join(' ');
  const name = wanted === '' ? 'help' : wanted.toLowerCase();
  const verb = VERBS.find((each) => each.verb === name);
  if (verb === undefined) return toThemAlone(unknownVerb(wanted, VERBS));
  switch (verb.kind) {
    case 'answers':
      return toThemAlone(verb.answer());
    case 'opens':
      return { kind: 'open', open: (deps, by) => verb.open(deps, { ...by, rest }) };
    case 'reads': {
      const reading = verb.read(rest);
      return reading.kind === 'open' ? reading : toThemAlone(reading.answer);
    }
  }
}

function toThemAlone(answer: SlackMessage): Reaction {
  return { kind: 'answer', answer: { ...answer, response_type: 'ephemeral' } };
}
