import type { SlackUserId } from '../../src/domain/ids.ts';
import type { HelpEntry } from '../../src/views/help.ts';
import type { SlackMessage } from '../../src/views/request-message.ts';
import type { HandlerDeps } from '../ports.ts';

/** A command as somebody typed it. */
export interface Invocation {
  readonly user: SlackUserId;
  readonly triggerId: string;
  /** What stood behind the verb. */
  readonly rest: string;
}

/** Who typed a command whose words are read already. */
export type Typist = Omit<Invocation, 'rest'>;

/** What the words behind a verb mean: a mistake is answered at once, all else opens a view. */
export type Reading =
  | { readonly kind: 'mistake'; readonly answer: SlackMessage }
  | { readonly kind: 'open'; open(deps: HandlerDeps, by: Typist): Promise<void> };

/** A verb of `/trunkline`: how it is typed, what it does, who may use it, and what it answers or opens. */
export type Verb = HelpEntry & { readonly verb: string } & (
    | { readonly kind: 'answers'; answer(): SlackMessage }
    | { readonly kind: 'opens'; open(deps: HandlerDeps, invocation: Invocation): Promise<void> }
    | { readonly kind: 'reads'; read(rest: string): Reading }
  );
