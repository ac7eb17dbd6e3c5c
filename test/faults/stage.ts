import type { Ack, Parcel } from '../../sandbox/slack/deliver/transport.ts';
import type { Random } from './support/random.ts';
import { createRandom } from './support/random.ts';
import { Scheduler } from './support/scheduler.ts';
import { crown } from './support/take-over-time.ts';
import { Bot } from './world/bot.ts';
import { People } from './world/people.ts';
import { type Climate, drawClimate, Weather } from './world/weather.ts';
import { World } from './world/world.ts';

const START = Date.parse('2026-11-24T09:00:00Z');
const ACK_MS = 3_000;

/** What was found wrong, with the invariant that it breaks. */
export interface Violation {
  readonly invariant: string;
  readonly what: string;
}

/** A seed's world with the bot's processes in it. */
export class Stage {
  readonly seed: number;
  readonly random: Random;
  readonly world: World;
  readonly people: People;
  readonly violations: Violation[] = [];
  readonly #bots: Bot[] = [];
  #born = 0;

  private constructor(seed: number, random: Random, world: World) {
    this.seed = seed;
    this.random = random;
    this.world = world;
    this.people = new People(world);
  }

  static async set(seed: number, over: Partial<Climate> = {}): Promise<Stage> {
    const random = createRandom(seed);
    const scheduler = new Scheduler(random.fork('order'), START);
    const weather = new Weather(random, { ...drawClimate(random.fork('climate')), ...over });
    const held: { stage?: Stage } = {};
    const ready = Promise.withResolvers<Stage>();
    crown({
      scheduler,
      random: random.fork('numbers'),
      fetch: (async (...given: Parameters<typeof fetch>) =>
        (await ready.promise).world.fetch(...given)) as typeof fetch,
    });
    const world = await World.create({ scheduler, random, weather }, (name, parcel) =>
      held.stage === undefined ? Promise.resolve({ kind: 'failed' }) : held.stage.#deliver(name, parcel),
    );
    const stage = new Stage(seed, random, world);
    held.stage = stage;
    ready.resolve(stage);
    world.onHook = (hook) => stage.#someone()?.hear(hook);
    world.onCrash = () => void scheduler.plan(random.whole(500, 6_000), () => stage.start(), 'world');
    return stage;
  }

  /** Starts one more process of the bot. */
  start(): void {
    this.#born += 1;
    const name = `bot-${this.#born}`;
    this.world.story.tell('starts', name);
    this.#bots.push(new Bot(this.world, name, (error) => this.surprise(error)));
  }

  /** Ends a process and does not start it again; one is always left. */
  stop(bot: Bot): void {
    if (this.alive.length > 1) bot.life.end();
  }

  get alive(): readonly Bot[] {
    return this.#bots.filter(({ life }) => life.isAlive);
  }

  surprise(error: unknown): void {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.accuse(
      'S',
      `a job failed in a way that nobody foresaw: ${words.split('\n').slice(0, 4).join(' | ')}`,
    );
  }

  accuse(invariant: string, what: string): void {
    if (this.violations.some((each) => each.what === what)) return;
    this.world.story.tell(`!!! ${invariant}: ${what}`);
    this.violations.push({ invariant, what });
  }

  #someone(): Bot | undefined {
    const { alive } = this;
    return alive.length === 0 ? undefined : this.random.pick(alive);
  }

  /** Slack waits three seconds and takes the first answer; what nobody takes is told to the person. */
  async #deliver(name: string, parcel: Parcel): Promise<Ack> {
    const { scheduler, weather, story } = this.world;
    const arrivals = weather.click();
    if (arrivals.length !== 1) story.tell(`Slack delivers ${name} ${arrivals.length} times`);
    const { promise, resolve } = Promise.withResolvers<Ack>();
    scheduler.plan(ACK_MS, () => resolve({ kind: 'timeout' }), 'world');
    for (const delay of arrivals)
      scheduler.plan(
        delay,
        () => {
          const bot = this.#someone();
          if (bot === undefined) resolve({ kind: 'failed' });
          else void bot.answer(parcel).then(resolve);
        },
        'world',
      );
    return promise;
  }
}
