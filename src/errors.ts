/** Something outside does not answer now and will later: the job comes back. */
export class RetryableError extends Error {
  override readonly name: string = 'RetryableError';
  /** When to come back, in milliseconds from now; undefined leaves it to the queue's back-off. */
  readonly retryInMs: number | undefined;

  constructor(message: string, options: { readonly cause?: unknown; readonly retryInMs?: number } = {}) {
    super(message, { cause: options.cause });
    this.retryInMs = options.retryInMs;
  }
}

/**
 * A write was sent and no clear answer came. Whoever repeats it looks first whether it was done; where nothing but a
 * look can tell, GitHub's reads being up to 30 s old, it is repeated 35 s later at the earliest.
 */
export class AmbiguousWriteError extends RetryableError {
  override readonly name = 'AmbiguousWriteError';
}

/** Trying again cannot help; the person who asked is told. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
  /** A stable reason, such as `forbidden`, that the views put into words. */
  readonly code: string;

  constructor(code: string, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
  }
}

/** The installation is wrong; the process ends with exit code 78 and all problems at once. */
export class MisconfiguredError extends Error {
  override readonly name = 'MisconfiguredError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}
