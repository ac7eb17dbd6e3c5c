import { checkAll } from './invariants/check-all.ts';
import { watchTold } from './invariants/told.ts';
import { watchMerges } from './invariants/watch-merges.ts';
import { Stage, type Violation } from './stage.ts';
import type { Climate } from './world/weather.ts';
import type { World } from './world/world.ts';

/** What people do in a seed's world, and what is to be looked at afterwards. */
export interface Line {
  readonly name: string;
  /** Resolves when nobody does anything more. */
  act(stage: Stage): Promise<void>;
  check(stage: Stage): void;
}

export interface Verdict {
  readonly seed: number;
  readonly line: string;
  readonly violations: readonly Violation[];
  readonly story: readonly string[];
  readonly steps: number;
  readonly calls: number;
  readonly marks: ReadonlySet<string>;
  /** What is left in the queues at the end. */
  readonly left: readonly string[];
}

/** How long things break, and how long all has to settle when nothing breaks any more, in milliseconds. */
const TROUBLE_MS = 100_000;
const QUIET_MS = 150_000;
/** The last people's deeds are over by then. */
const LATEST_MS = 400_000;

/** Plays one seed through, from the first process to the quiet at the end. */
export async function play(seed: number, line: Line, over: Partial<Climate> = {}): Promise<Verdict> {
  const stage = await Stage.set(seed, over);
  const { world } = stage;
  const { scheduler, weather } = world;
  const begun = scheduler.now;
  watchTold(stage);
  watchMerges(stage);
  for (let n = 0; n < weather.climate.replicas; n += 1) stage.start();
  planOutages(stage);
  let isDone = false;
  scheduler.plan(
    stage.random.whole(100, 8_000),
    () => {
      line
        .act(stage)
        .catch((error: unknown) => stage.accuse('H', `the people stumbled: ${(error as Error).stack}`))
        .finally(() => {
          isDone = true;
        });
    },
    'world',
  );
  await scheduler.run(begun + TROUBLE_MS);
  clearUp(world);
  await scheduler.run(begun + LATEST_MS, () => isDone);
  if (!isDone) stage.accuse('H', 'the people never came to an end');
  await scheduler.run(scheduler.now + QUIET_MS);
  checkAll(stage);
  line.check(stage);
  for (const bot of stage.alive) bot.life.end();
  return {
    seed,
    line: line.name,
    violations: stage.violations,
    story: world.story.lines,
    steps: scheduler.steps,
    calls: world.calls.length,
    marks: world.marks,
    left: Object.values(world.queues).flatMap((queue) =>
      queue
        .jobs()
        .filter(({ state }) => state !== 'completed')
        .map(
          ({ name, id, state, dueAt }) =>
            `${queue.name} ${name} ${id} ${state} ${Math.round(dueAt - begun) / 1_000}`,
        ),
    ),
  };
}

function clearUp(world: World): void {
  world.story.tell('nothing breaks any more');
  world.weather.isOver = true;
  world.isRedisAway = false;
  world.github.views.setStaleReads(0);
}

/** What befalls Redis and GitHub's reads as a whole. */
function planOutages({ world, random }: Stage): void {
  const { scheduler, weather, story } = world;
  const draw = random.fork('outages');
  const { climate } = weather;
  const sometime = (run: () => void) =>
    void scheduler.plan(draw.whole(5_000, TROUBLE_MS - 25_000), run, 'world');
  for (const ms of climate.redisOutages)
    sometime(() => {
      story.tell(`Redis is away for ${ms / 1_000} s`);
      world.isRedisAway = true;
      scheduler.plan(
        ms,
        () => {
          world.isRedisAway = false;
        },
        'world',
      );
    });
  for (let n = 0; n < climate.flushes; n += 1)
    sometime(() => {
      story.tell('Redis loses everything');
      world.loseRedis();
    });
  for (let n = 0; n < climate.lostWrites; n += 1)
    sometime(() => {
      const restore = world.saveRedis();
      scheduler.plan(
        draw.whole(500, 3_000),
        () => {
          story.tell('Redis loses its last writes');
          restore();
        },
        'world',
      );
    });
  if (climate.staleReadsMs > 0) {
    story.tell(`GitHub's reads are up to ${climate.staleReadsMs / 1_000} s old`);
    world.github.views.setStaleReads(climate.staleReadsMs);
  }
}
