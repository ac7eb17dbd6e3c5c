import type { FieldErrors, InputValue, InputValues, OptionsOutcome } from '../../slack/client-types.ts';

/** What blocks stand in, a message or a form, and what their elements can do there. */
export interface Host {
  readonly kind: 'message' | 'view';
  readonly values: InputValues;
  readonly errors: FieldErrors;
  /** Something is on its way: nothing can be sent now. */
  readonly busy: boolean;
  /** Keeps what a person typed without telling the app; forms only. */
  change?(blockId: string, actionId: string, value: InputValue): void;
  /** Tells the app (block_actions). */
  dispatch(blockId: string, actionId: string, value?: InputValue): Promise<void>;
  /** Asks the app for the options of an external select. */
  options(blockId: string, actionId: string, query: string): Promise<OptionsOutcome>;
}
