/** One figure; `value` is ours, `against` the same of what it is measured beside, in the same run. */
export interface Figure {
  readonly value: number;
  readonly unit: string;
  readonly against?: number;
  /** What `against` is of, where that is a program of a version of its own. */
  readonly of?: string;
  /** `value` divided by `against`. */
  readonly ratio?: number;
  /** What the figure must hold, in words; left out when it is there to be known only. */
  readonly bound?: string;
  /** Whether it holds. */
  readonly ok?: boolean;
}

/** Tells those who wait what goes on; it is no part of the result. */
export type Say = (progress: string) => void;

/** Figures that come from one experiment. */
export interface Measurement {
  readonly name: string;
  /** Names of the figures that `measure` brings. */
  readonly figures: readonly string[];
  /**
   * Makes the experiment.
   *
   * @returns exactly one figure for each name in `figures`.
   * @throws an Error whose message says in a plain sentence why it could not be made.
   */
  measure(say: Say): Promise<Readonly<Record<string, Figure>>>;
}

/** A figure with something to hold: at most `most`. */
export function atMost(most: number, value: number, unit: string): Figure {
  return { value: round(value), unit, bound: `at most ${most} ${unit}`, ok: value <= most };
}

/** A figure beside the same of something else, without its bound. */
export function beside(value: number, against: number, unit: string) {
  return { value: round(value), unit, against: round(against), ratio: round(value / against) } as const;
}

/** Three digits after the point are more than any of these measurements can tell. */
export function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
