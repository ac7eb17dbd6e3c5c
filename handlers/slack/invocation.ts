import type { SlackUserId } from '../../src/domain/ids.ts';

/** A command as somebody typed it. */
export interface Invocation {
  readonly user: SlackUserId;
  readonly triggerId: string;
  /** What stood behind the verb. */
  readonly rest: string;
}
