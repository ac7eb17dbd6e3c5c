import type { Workspace } from '../workspace.ts';
import type { Args } from './args.ts';
import type { Fields } from './reply.ts';

export type Tier = 'tier1' | 'tier2' | 'tier3' | 'tier4' | 'special';

export interface Call {
  readonly workspace: Workspace;
  readonly args: Args;
  readonly scopes: ReadonlySet<string>;
}

/** One method of the Web API. */
export interface Method {
  readonly name: string;
  /** The kind of token that may call it. */
  readonly token: 'bot' | 'app';
  readonly tier: Tier;
  /** Scopes of which the token needs one; a function where that depends on the conversation. */
  readonly scopes: readonly string[] | ((call: Call) => readonly string[]);
  /** Throws a `Refusal` for `ok: false`. */
  readonly run: (call: Call) => Fields;
}
