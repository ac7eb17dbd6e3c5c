import { unknownVerb } from '../../src/views/help.ts';
import type { SlackMessage } from '../../src/views/request-message.ts';
import { VERBS } from './commands.ts';

/** Answers `/trunkline <verb>`, to the person alone. No verb is help. */
export function trunkline(text: string): SlackMessage & { readonly response_type: 'ephemeral' } {
  const [wanted = ''] = text.trim().split(/\s+/);
  const name = wanted === '' ? 'help' : wanted.toLowerCase();
  const verb = VERBS.find((each) => each.verb === name);
  const answer = verb ? verb.answer() : unknownVerb(wanted, VERBS);
  return { ...answer, response_type: 'ephemeral' };
}
