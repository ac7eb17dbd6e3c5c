/** A mistake that is made in the bot's source when it is loaded. */
export interface Bug {
  readonly name: string;
  /** The invariant that it breaks. */
  readonly breaks: string;
  /** The line that meets it. */
  readonly line: string;
  /** File, what stands there, and what is put in its place. */
  readonly edits: readonly (readonly [file: string, find: string, put: string])[];
}
