import type { FieldErrors, InputValue, JsonObject } from './client-types.ts';

/** What elements hold: block_id -> action_id -> value. */
export type Values = Record<string, Record<string, InputValue>>;

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly isIm: boolean;
  readonly isPrivate: boolean;
  /** In a direct message: the person at the other end from the bot. */
  readonly user?: string;
  readonly created: number;
  topic: string;
  purpose: string;
  members: string[];
}

export interface Message {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  readonly isBot: boolean;
  readonly threadTs?: string;
  /** Shown to this person only. */
  readonly ephemeralFor?: string;
  /** A name the app gave itself for this message (`chat:write.customize`). */
  readonly username?: string;
  broadcast: boolean;
  text: string;
  blocks: readonly JsonObject[];
  attachments: readonly JsonObject[];
  metadata?: JsonObject;
  edited?: { readonly user: string; readonly ts: string };
  /** Deleted, though its thread still hangs on it. */
  tombstone?: boolean;
  values: Values;
  /** Options that external selects were given, so that a choice can be sent back whole. */
  offered: Record<string, readonly JsonObject[]>;
}

export interface View {
  readonly id: string;
  readonly type: 'modal' | 'home';
  readonly owner: string;
  readonly rootId: string;
  readonly previousId: string | null;
  /** The conversation that the person was in when the stack was opened. */
  readonly channel?: string;
  /** As the app sent it, with every default filled in. */
  body: JsonObject;
  blocks: readonly JsonObject[];
  hash: string;
  values: Values;
  offered: Record<string, readonly JsonObject[]>;
  errors: FieldErrors;
}

export interface Trigger {
  readonly id: string;
  readonly user: string;
  readonly expires: number;
  readonly channel?: string;
  /** The view it was pulled in; only such a trigger can push. */
  readonly viewId?: string;
  used: boolean;
}

export interface ResponseUrl {
  readonly key: string;
  readonly user: string;
  readonly channel: string;
  readonly expires: number;
  /** The message that the element pressed is in, when there is one. */
  readonly messageTs?: string;
  readonly threadTs?: string;
  uses: number;
}

export interface UserGroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  users: string[];
}
