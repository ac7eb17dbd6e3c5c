import { type HelpEntry, help } from '../../src/views/help.ts';
import type { SlackMessage } from '../../src/views/request-message.ts';

/** A verb of `/trunkline`: how it is typed, what it does, who may use it, and what it answers. */
export interface Verb extends HelpEntry {
  readonly verb: string;
  answer(): SlackMessage;
}

const ONBOARD: HelpEntry = {
  usage: '/onboard-tenant [name]',
  what: 'Asks for a namespace: a form, a preview, then a pull request in the platform repository.',
  who: 'every full member, unless the policy names groups',
};

const HELP: Verb = {
  verb: 'help',
  usage: '/trunkline help',
  what: 'Shows this list.',
  who: 'everyone',
  answer: () => help([ONBOARD, ...VERBS]),
};

/** Every verb there is; help is built from this list. */
export const VERBS: readonly Verb[] = [HELP];
