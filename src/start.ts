import { setGlobalProxyFromEnv } from 'node:http';
import type { Running } from './compose/compose.ts';
import { type Config, loadConfig } from './config.ts';
import { MisconfiguredError } from './errors.ts';
import { createLog, type Logger } from './log.ts';
import { maskSecrets } from './mask.ts';

/** `EX_CONFIG` of sysexits: restarting does not help. */
const EXIT_MISCONFIGURED = 78;
const UNDER_WAY_MS = 25_000;

/** Runs the bot until it is told to end. */
export async function start(env: NodeJS.ProcessEnv): Promise<void> {
  const config = readConfig(env);
  if (config === undefined) return;
  const log = createLog(config.logLevel, maskSecrets(config.secrets));
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'a failure that nobody handled'));
  process.on('uncaughtException', (error) => endWith(log, error));
  if (config.hasProxy) setGlobalProxyFromEnv();
  try {
    const { compose } = await import('./compose/compose.ts');
    endOnSignal(await compose(config, log, (error) => endWith(log, error)), log);
  } catch (error) {
    endWith(log, error);
  }
}

function readConfig(env: NodeJS.ProcessEnv): Config | undefined {
  const result = loadConfig(env);
  if (result.kind === 'ok') return result.config;
  // Nothing is known to be a secret yet, so the log may not be used; the problems name variables, never values.
  process.stderr.write(
    `trunkline cannot start:\n${result.problems.map((problem) => `- ${problem}\n`).join('')}`,
  );
  process.exitCode = EXIT_MISCONFIGURED;
  return undefined;
}

function endWith(log: Logger, error: unknown): never {
  if (error instanceof MisconfiguredError) {
    for (const problem of error.problems) log.fatal({ problem }, `the installation is wrong: ${problem}`);
    process.exit(EXIT_MISCONFIGURED);
  }
  log.fatal({ err: error }, 'cannot go on');
  process.exit(1);
}

/** The first signal ends in order; a second one at once. */
function endOnSignal(running: Running, log: Logger): void {
  let isEnding = false;
  const end = async (signal: string) => {
    if (isEnding) process.exit(1);
    isEnding = true;
    log.info({ signal }, 'ending');
    await running.stop(UNDER_WAY_MS);
    log.info({}, 'ended');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end(signal));
}
