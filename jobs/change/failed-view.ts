import { PermanentError } from '../../src/errors.ts';
import { changeFailed } from '../../src/views/change/change-answer.ts';

/** What stands in a form when what was wanted could not be done. */
export function failedView(error: unknown): object {
  return changeFailed(error instanceof PermanentError ? error.code : 'away');
}
