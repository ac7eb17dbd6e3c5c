import { startWorld, type World, type WorldOptions } from '../../sandbox/world.ts';
import { freePort } from '../../scripts/redis.mjs';
import { type BotProcess, startBot } from '../../test/support/bot.ts';
import { endsWithUs, hasEnded } from './end-together.ts';
import { redisForBench } from './redis-for-bench.ts';

/** A world on localhost and a Redis, for the real bot as a process of its own. */
export interface BenchStage {
  readonly world: World;
  readonly redisUrl: string;
  /** Where the bot listens. */
  readonly botUrl: string;
  /** Starts the bot, configured as in production; it may not be ready yet. One at a time. */
  startBot(): BotProcess;
  /** Ends the bot that runs, as a rolling update does. */
  stopBot(): Promise<void>;
  close(): Promise<void>;
}

export async function setBenchStage(
  slackMode: 'socket' | 'http' = 'socket',
  options: Pick<WorldOptions, 'fleet'> = {},
): Promise<BenchStage> {
  const port = await freePort();
  const botUrl = `http://127.0.0.1:${port}`;
  const redis = await redisForBench();
  const world = await startWorld({ botUrl, slackMode, ...options }).catch(async (error: unknown) => {
    await redis.stop();
    throw error;
  });
  let bot: BotProcess | undefined;
  const stopBot = async () => {
    if (bot === undefined) return;
    await bot.stop();
    hasEnded(bot.pid);
    bot = undefined;
  };
  return {
    world,
    redisUrl: redis.url,
    botUrl,
    startBot() {
      bot = startBot({ ...world.env, REDIS_URL: redis.url, NODE_ENV: 'production' }, port);
      endsWithUs(bot.pid);
      return bot;
    },
    stopBot,
    async close() {
      await stopBot();
      await world.stop();
      await redis.stop();
    },
  };
}
