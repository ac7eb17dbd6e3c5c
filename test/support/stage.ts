import { Redis } from 'ioredis';
import { startWorld, type World, type WorldOptions } from '../../sandbox/world.ts';
import { freePort, startRedis } from '../../scripts/redis.mjs';
import { type BotProcess, startBot } from './bot.ts';

type RedisServer = Awaited<ReturnType<typeof startRedis>> & {
  /** Stops the server without ending it (SIGSTOP), and lets it go on. */
  pause(): void;
  resume(): void;
};

/** A whole world on localhost with the real bot in it. */
export interface Stage {
  readonly world: World;
  readonly redis: RedisServer;
  /** The bot that runs now. */
  bot: BotProcess;
  /** Starts a bot on the same port, after the one before has ended. */
  restart(): Promise<BotProcess>;
  /** Starts a further replica on a port of its own. */
  replica(env?: Readonly<Record<string, string>>): BotProcess;
  /** Makes Redis forget everything, schedules included. */
  flushRedis(): Promise<void>;
  close(): Promise<void>;
}

export interface StageOptions extends Omit<WorldOptions, 'botUrl'> {
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts Redis, sandbox and bot, and waits until the bot is ready. */
export async function setStage(options: StageOptions = {}): Promise<Stage> {
  const { env: extra = {}, ...worldOptions } = options;
  const [port, spare] = [await freePort(), await freePort()];
  const [server, world] = await Promise.all([
    startRedis(),
    startWorld({ ...worldOptions, botUrl: `http://127.0.0.1:${port}` }),
  ]);
  const redis: RedisServer = {
    ...server,
    pause: () => void process.kill(server.pid, 'SIGSTOP'),
    resume: () => void process.kill(server.pid, 'SIGCONT'),
  };
  const env = { ...world.env, REDIS_URL: redis.url, LOG_LEVEL: 'debug', ...extra };
  const bots: BotProcess[] = [];
  const start = (on: number, more = {}) => {
    const bot = startBot({ ...env, ...more }, on);
    bots.push(bot);
    return bot;
  };
  const stage: Stage = {
    world,
    redis,
    bot: start(port),
    restart: async () => {
      await stage.bot.kill();
      stage.bot = start(port);
      await stage.bot.ready();
      return stage.bot;
    },
    replica: (more = {}) => start(spare, more),
    flushRedis: async () => {
      const client = new Redis(redis.url);
      await client.flushall();
      client.disconnect();
    },
    close: async () => {
      for (const bot of bots) await bot.kill();
      await world.stop();
      await redis.stop();
    },
  };
  await stage.bot.ready().catch(async (error: unknown) => {
    await stage.close();
    throw error;
  });
  return stage;
}
