/** What is wrong and how it is mended: plain sentences, to be escaped where they are shown. */
export interface DescribedProblem {
  /** A heading of a few words. */
  readonly title: string;
  readonly what: string;
  readonly mend: string;
}
