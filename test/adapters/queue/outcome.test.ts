import { retryDelay } from '../../../src/adapters/queue/outcome.ts';
import { AmbiguousWriteError, RetryableError } from '../../../src/errors.ts';

const never = () => 0;

describe('when a failed job comes back', () => {
  it('is after a pause that doubles up to half a minute, a write of unclear end included', () => {
    const error = new AmbiguousWriteError('unclear');
    expect([1, 2, 3, 9, 50].map((made) => retryDelay(made, error, never))).toEqual([
      1_000, 2_000, 4_000, 30_000, 30_000,
    ]);
  });

  it('is when the failure says so', () => {
    expect(retryDelay(5, new RetryableError('limit', { retryInMs: 7_000 }), never)).toBe(7_000);
  });
});
