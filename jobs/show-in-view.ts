import { RetryableError } from '../src/errors.ts';
import type { JobContext } from './job.ts';
import type { Views } from './ports.ts';

/** How often a run may find a system away before the person is told instead of waiting on. */
const TRIES = 3;

/**
 * Draws what a person waits for into their open view. After a few tries the view says that it cannot be had now, for
 * nobody watches it for long.
 *
 * @param drawing `instead` is what stands when it cannot be had, by the failure.
 */
export async function showInView(
  views: Views,
  viewId: string,
  { attempt, log }: Pick<JobContext, 'attempt' | 'log'>,
  drawing: { draw(): Promise<object>; instead(error: unknown): object },
): Promise<void> {
  let view: object;
  try {
    view = await drawing.draw();
  } catch (error) {
    if (error instanceof RetryableError && attempt < TRIES) throw error;
    log.error({ err: error, viewId }, 'cannot show what a view waits for');
    view = drawing.instead(error);
  }
  await views.update(viewId, view);
}
