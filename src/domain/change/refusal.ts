/** That GitHub did not take a merge, though every gate held. */
export interface Refusal {
  /** GitHub's sentence. */
  readonly message: string;
  /** Milliseconds since the epoch by GitHub's clock: when it is asked again. */
  readonly until: number;
}
