import { unknownVerb } from '../../src/views/help.ts';
import type { SlackMessage } from '../../src/views/request-message.ts';
import type { HandlerDeps } from '../ports.ts';
import { VERBS } from './commands.ts';
import type { Invocation } from './invocation.ts';

/** What follows `/trunkline <verb>`: an answer to the person alone, or something that opens. */
export type Reaction =
  | { readonly kind: 'answer'; readonly answer: SlackMessage & { readonly response_type: 'ephemeral' } }
  | { readonly kind: 'open'; open(deps: HandlerDeps, by: Omit<Invocation, 'rest'>): Promise<void> };

/** Reads `/trunkline <verb> …`. No verb is help. */
export function trunkline(text: string): Reaction {
  const [wanted = '', ...others] = text.trim().split(/\s+/);
  const name = wanted === '' ? 'help' : wanted.toLowerCase();
  const verb = VERBS.find((each) => each.verb === name);
  if (verb?.kind === 'opens') {
    return { kind: 'open', open: (deps, by) => verb.open(deps, { ...by, rest: others.join(' ') }) };
  }
  const answer = verb ? verb.answer() : unknownVerb(wanted, VERBS);
  return { kind: 'answer', answer: { ...answer, response_type: 'ephemeral' } };
}
