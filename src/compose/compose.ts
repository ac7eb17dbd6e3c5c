import {
  checkRedis,
  connected,
  connectForWorkers,
  connectForWriting,
  pingRedis,
  type RedisHealth,
} from '../adapters/redis.ts';
import type { Config } from '../config.ts';
import { MisconfiguredError } from '../errors.ts';
import { healthz, metricsDoor, readyz } from '../health.ts';
import type { Logger } from '../log.ts';
import { createMetrics, noMetrics } from '../metrics.ts';
import { createHttpServer } from '../server.ts';
import { runStartChecks } from './run-start-checks.ts';
import { type CheckResult, checkGitHub, checkSlack } from './start-checks.ts';
import { watchApprovalRule } from './watch-approval-rule.ts';
import type { Work } from './work.ts';

export interface Running {
  /** The port that the server listens on. */
  readonly port: number;
  /** Takes nothing new, finishes what is under way within `ms` milliseconds, and lets go of everything. */
  stop(ms: number): Promise<void>;
}

/** Doors that may open once the adapters are loaded. */
const DOORS = ['/readyz', '/metrics', '/slack/events', '/api/github/webhooks'];

/**
 * Puts the bot together: adapters, handlers and jobs know each other only through what is passed here.
 *
 * @param onWrong told when the installation turns out to be wrong.
 */
export async function compose(
  config: Config,
  log: Logger,
  onWrong: (error: MisconfiguredError) => void,
): Promise<Running> {
  const metrics = config.metricsToken === undefined ? noMetrics : await createMetrics();
  let areOpen = false;
  const server = createHttpServer({ log, metrics, soon: () => (areOpen ? [] : DOORS) });
  server.open(healthz);
  const port = await server.listen(config.host, config.port);
  log.info({ port }, 'listening');

  const redis = connectForWriting(config.redisUrl, log);
  const workersRedis = connectForWorkers(config.redisUrl, log);
  // Heavy, so loaded only now that health is answered and Redis is being connected to.
  const { connectOutside } = await import('./outside.ts');
  const outside = await connectOutside(config, redis, log);
  const { registerHandlers } = await import('./register-handlers.ts');
  registerHandlers(outside);
  const { startWork } = await import('./work.ts');

  let work: Work | undefined;
  const checkAndWork = async (): Promise<CheckResult> => {
    await connected(redis, 1_000);
    const result = toCheckResult(await checkRedis(redis));
    if (result.kind === 'ok')
      work ??= startWork({ outside, redis, workersRedis, lockMs: config.jobLockMs, metrics, log });
    return result;
  };
  const checks = runStartChecks(
    {
      redis: checkAndWork,
      slack: () => checkSlack(outside.identity),
      github: () => checkGitHub(outside.github, config.github.repos),
    },
    log,
    onWrong,
  );
  const health = { redis: () => pingRedis(redis), slack: outside.askSlack, github: outside.askGitHub };
  for (const door of outside.doors) server.open(door);
  server.open(metricsDoor(metrics, config.metricsToken));
  const { repos } = config.github;
  const approvalRule = watchApprovalRule({ ...outside.jobDeps, repos, log });
  server.open(readyz(health, () => checks.passed, approvalRule));
  areOpen = true;
  outside.slack.start((code) => onAppTokenRefused(code, onWrong));

  return {
    port,
    async stop(ms) {
      checks.stop();
      await Promise.all([outside.slack.stop(), server.close(ms), work?.stop(ms)]);
      await outside.close();
      redis.disconnect();
      workersRedis.disconnect();
    },
  };
}

function toCheckResult(health: RedisHealth): CheckResult {
  return health.kind === 'wrong' ? { kind: 'wrong', problems: [health.problem] } : health;
}

function onAppTokenRefused(code: string, onWrong: (error: MisconfiguredError) => void): void {
  onWrong(
    new MisconfiguredError([
      `SLACK_APP_TOKEN: Slack does not accept it (${code}); put a current app-level token with the scope connections:write there`,
    ]),
  );
}
