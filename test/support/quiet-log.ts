import { createLog, type Logger } from '../../src/log.ts';
import { maskSecrets } from '../../src/mask.ts';

/** A real log whose lines are kept for the test to read. */
export function keptLog(secrets: readonly string[] = []): { readonly log: Logger; readonly lines: string[] } {
  const lines: string[] = [];
  const log = createLog('trace', maskSecrets(secrets), (line) => void lines.push(line));
  return { log, lines };
}
