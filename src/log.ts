import { isNativeError } from 'node:util/types';
import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';
import type { Mask } from './mask.ts';

export type { Logger };

/** Fields that carry requests or credentials whole, whatever library logged them. */
const heavy = ['req', 'res', 'request', 'response', 'headers', 'config', 'client', 'event'];

/**
 * The process' structured log. Every finished line passes through `mask`, so no field, error, cause or stack can
 * carry a secret out.
 *
 * @param write receives whole lines; the process' standard output by default.
 */
export function createLog(
  level: string,
  mask: Mask,
  write: (line: string) => void = (line) => void process.stdout.write(line),
): Logger {
  const destination: DestinationStream = { write: (line: string) => write(mask(line)) };
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: withoutHeavyFields, error: withoutHeavyFields },
    },
    destination,
  );
}

/** Errors of HTTP libraries drag whole requests along: they are named, not printed. */
function withoutHeavyFields(error: unknown): unknown {
  if (!(error instanceof Error || isNativeError(error))) return error;
  const serialized: Record<string, unknown> = { ...stdSerializers.err(error) };
  for (const field of heavy) delete serialized[field];
  return serialized;
}
