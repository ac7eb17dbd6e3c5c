import path from 'node:path';

import { freePort } from '../scripts/redis.mjs';
import { type Bot, type BotExit, startBot } from './bot-process.ts';
import { DEFAULT_PORT, HELP, parseOptions, type StartOptions } from './start-options.ts';
import { redisFor } from './start-redis.ts';
import { welcome } from './welcome.ts';
import { startWorld, type World } from './world.ts';

/** sysexits.h: the command was used wrongly. */
const EX_USAGE = 64;

const LOG_DIRECTORY = path.join(path.dirname(import.meta.dirname), '.sandbox');

const WAITING_AFTER_MS = 8_000;

interface Running {
  readonly world: World;
  readonly bot: Bot;
  readonly logFile: string;
  stop(): Promise<void>;
}

/** The command `npm run sandbox`. Resolves with the exit code once everything has ended. */
async function main(args: readonly string[]): Promise<number> {
  const parsed = parseOptions(args);
  if (parsed.kind === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  if (parsed.kind === 'wrong') {
    process.stderr.write(`${parsed.message}\n\n${HELP}`);
    return EX_USAGE;
  }
  process.stdout.write('Starting a Slack, a GitHub, clusters and the bot …\n');
  return keepRunning(await startAll(parsed.options));
}

async function keepRunning({ bot, world, logFile, stop }: Running): Promise<number> {
  const asked = signal();
  const patience = setTimeout(() => process.stdout.write(waiting(logFile)), WAITING_AFTER_MS);
  const first = await Promise.race([bot.ready, asked]);
  clearTimeout(patience);
  if (first === 'ready') {
    process.stdout.write(welcome(world, logFile));
    // The page is bundled when it is first asked for: now, rather than when somebody waits for it.
    void fetch(world.url).catch(() => undefined);
  }
  const end = await Promise.race([bot.exited, asked]);
  if (end === 'asked') {
    process.stdout.write('\nStopping the bot, then its world …\n');
    await stop();
    return 0;
  }
  process.stderr.write(obituary(end, logFile));
  await stop();
  return 1;
}

async function startAll(options: StartOptions): Promise<Running> {
  const ends: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  const started = async <T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
    const thing = await starting;
    ends.push(() => thing.stop());
    return thing;
  };
  const port = await freePort();
  const [redis, world] = await Promise.allSettled([
    started(redisFor(options.keep)),
    started(worldFor(options, port)),
  ]);
  try {
    if (redis.status === 'rejected') throw redis.reason;
    if (world.status === 'rejected') throw world.reason;
    const env = { ...world.value.env, REDIS_URL: redis.value.url };
    const logFile = logFileOf(world.value);
    const bot = await started(startBot({ env, port, logFile, verbose: options.verbose }));
    return { world: world.value, bot, logFile, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function worldFor(options: StartOptions, botPort: number): Promise<World> {
  const { port, repo, at, keep, slackMode, fleet } = options;
  const settings = {
    botUrl: `http://127.0.0.1:${botPort}`,
    slackMode,
    fleet,
    ...(repo === undefined ? {} : { repo }),
    ...(at === undefined ? {} : { at }),
    ...(keep === undefined ? {} : { keep: path.resolve(keep) }),
  };
  try {
    return await startWorld({ port, approvalRule: true, ...settings });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    process.stdout.write(`Port ${port} is taken; taking a free one.\n`);
    return startWorld({ port: 0, approvalRule: true, ...settings });
  }
}

/** Several sandboxes at once write to files of their own. */
function logFileOf(world: World): string {
  const { port } = new URL(world.url);
  return path.join(LOG_DIRECTORY, Number(port) === DEFAULT_PORT ? 'bot.log' : `bot-${port}.log`);
}

function waiting(logFile: string): string {
  return `The bot is not ready yet; what it says is in ${logFile}.\n`;
}

function signal(): Promise<'asked'> {
  return new Promise((resolve) => {
    // Ctrl-C may arrive twice, from the terminal and from npm: the second one must not cut the stopping short.
    process.on('SIGINT', () => resolve('asked'));
    process.on('SIGTERM', () => resolve('asked'));
    process.on('SIGHUP', () => resolve('asked'));
  });
}

function obituary({ code, signal: killer, lastLines }: BotExit, logFile: string): string {
  const how = killer ? `was ended by ${killer}` : `ended by itself with exit code ${code}`;
  return `\nThe bot ${how}. Its last lines (all of them are in ${logFile}):\n\n${lastLines.join('\n')}\n\n`;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(
      `\nThe sandbox could not start: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exit(1);
  },
);
