import type { Actor } from '../../../sandbox/github/actor.ts';
import { isMutation } from '../../../sandbox/github/graphql/execute.ts';
import { asWorld, currentLife, currentWork, type Life } from '../support/life.ts';
import type { Random } from '../support/random.ts';
import type { Scheduler } from '../support/scheduler.ts';
import { callGitHub, type GitHubReply, type GitHubRequest, nameOfRequest } from './call-github.ts';
import { createGitHubWorld, HOOKS, type MemoryGitHub } from './github-world.ts';
import { MemoryRedis } from './memory-redis.ts';
import { QueueModel } from './queue-model.ts';
import { createSlackWorld, type MemorySlack, type SlackAnswer } from './slack-world.ts';
import { Story } from './story.ts';
import type { Fate, Service, Weather } from './weather.ts';

/** One call of the bot's, as the outside saw it. */
export interface Call {
  readonly life: Life;
  readonly service: Service;
  readonly name: string;
  /** The piece of work that asked. */
  readonly work: string;
  /** When the outside worked on it; undefined when it never arrived. */
  doneAt: number | undefined;
}

/** A webhook on its way. */
export interface Hook {
  readonly event: string;
  readonly payload: unknown;
}

/** Something that somebody does while the bot's call is under way. */
export interface Ambush {
  readonly match: RegExp;
  /** How many such calls it lets pass. */
  after: number;
  readonly slowMs: number;
  readonly run: () => Promise<void>;
}

type Watcher = (call: Call, request: GitHubRequest, reply: GitHubReply) => void;

/** Everything outside the bot: the sandbox's GitHub and Slack, and Redis with its queues. */
export class World {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly weather: Weather;
  readonly story: Story;
  readonly github: MemoryGitHub;
  readonly slack: MemorySlack;
  readonly redis: MemoryRedis;
  readonly queues: Readonly<Record<'intents' | 'looks' | 'follows', QueueModel>>;
  readonly calls: Call[] = [];
  /** Requests that GitHub refused since they were too many. */
  limited = 0;
  isRedisAway = false;
  /** What lies in wait for a call: it happens while the call is on its way, which takes so long. */
  ambushes: Ambush[] = [];
  /** What was reached in this seed, so that a harness that reaches nothing is found out. */
  readonly marks = new Set<string>();
  /** Views whose wish came into the queue and was not lost there. */
  wishes: { readonly view: string; readonly intent: string }[] = [];
  /** Ids of requests that came into the queue, and of those that were not lost there. */
  readonly requests = new Set<string>();
  standing = new Set<string>();
  /** Where webhooks and clicks go; set by whoever runs the bot. */
  onHook: (hook: Hook) => void = () => undefined;
  onCrash: (life: Life) => void = () => undefined;
  /** Told before GitHub works on a call of the bot's, when what decided about it still stands. */
  beforeGitHub: (call: Call, request: GitHubRequest) => void = () => undefined;
  afterGitHub: Watcher = () => undefined;
  afterSlack: (call: Call) => void = () => undefined;

  private constructor(parts: Pick<World, 'scheduler' | 'random' | 'weather' | 'github' | 'slack'>) {
    this.scheduler = parts.scheduler;
    this.random = parts.random;
    this.weather = parts.weather;
    this.github = parts.github;
    this.slack = parts.slack;
    const now = () => this.scheduler.now;
    this.story = new Story(now);
    this.redis = new MemoryRedis(now);
    this.queues = {
      intents: new QueueModel('intents', now),
      looks: new QueueModel('looks', now),
      follows: new QueueModel('follows', now),
    };
  }

  static async create(
    parts: Pick<World, 'scheduler' | 'random' | 'weather'>,
    deliver: Parameters<typeof createSlackWorld>[1],
  ): Promise<World> {
    const now = () => Math.floor(parts.scheduler.now);
    const github = await createGitHubWorld(now);
    return new World({ ...parts, github, slack: createSlackWorld(now, deliver) });
  }

  /** Takes GitHub's webhooks; nothing else of the outside fetches anything. */
  readonly fetch = async (url: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    if (String(url) !== HOOKS) throw new Error(`nobody answers at ${String(url)}`);
    const event = new Headers(init.headers).get('X-GitHub-Event') ?? '';
    const hook = { event, payload: JSON.parse(String(init.body)) as unknown };
    for (const delay of this.weather.webhook()) this.scheduler.plan(delay, () => this.onHook(hook), 'world');
    return new Response('');
  };

  /** What the bot asks of GitHub; rejects as Octokit does. */
  askGitHub(request: GitHubRequest): Promise<GitHubReply> {
    const name = nameOfRequest(request);
    const actor: Actor = { kind: 'installation', permissions: this.github.state.app.permissions };
    const writes = name.startsWith('graphql ')
      ? isMutation(request.body)
      : request.method !== 'GET' && !name.endsWith('/generate-notes');
    return this.#ask('github', name, writes, {
      run: async (call) => {
        this.beforeGitHub(call, request);
        const reply = await callGitHub(this.github, actor, request, () => {
          this.limited += 1;
        });
        this.afterGitHub(call, request, reply);
        return reply;
      },
      failed: (fate) => {
        if (fate.kind === 'silence' || fate.kind === 'silence-though-done') return undefined;
        const headers = {
          date: new Date(this.scheduler.now).toUTCString(),
          ...('retryAfter' in fate && fate.retryAfter !== undefined
            ? { 'retry-after': String(fate.retryAfter) }
            : {}),
        };
        const message =
          fate.status === 403 ? 'You have exceeded a secondary rate limit.' : `status ${fate.status}`;
        return requestError({ status: fate.status, headers, data: { message } }, request);
      },
      read: (reply) => {
        if (reply.status < 400) return reply;
        throw requestError(reply, request);
      },
    });
  }

  /** What the bot asks of Slack. */
  askSlack(method: string, args: object): Promise<SlackAnswer | 'failed' | 'silent'> {
    const writes = method === 'chat.postMessage';
    return this.#ask<SlackAnswer | 'failed' | 'silent', SlackAnswer | 'failed' | 'silent'>(
      'slack',
      method,
      writes,
      {
        run: async (call) => {
          const answer = this.slack.call(method, args);
          this.afterSlack(call);
          return answer;
        },
        failed: (fate) => {
          if (fate.kind === 'silence' || fate.kind === 'silence-though-done') return undefined;
          return fate.status === 429
            ? { kind: 'limited', seconds: ('retryAfter' in fate ? fate.retryAfter : 1) ?? 1 }
            : 'failed';
        },
        read: (answer) => answer,
      },
    );
  }

  /** Redis loses everything. */
  loseRedis(): void {
    this.redis.flush();
    for (const queue of Object.values(this.queues)) queue.flush();
    this.wishes = [];
    this.standing = new Set();
  }

  /** What Redis holds now; calling it loses what came since. */
  saveRedis(): () => void {
    const restores = [this.redis.save(), ...Object.values(this.queues).map((queue) => queue.save())];
    const { wishes, standing } = this;
    const saved = new Set(standing);
    return () => {
      for (const restore of restores) restore();
      this.wishes = wishes.slice();
      this.standing = new Set(saved);
    };
  }

  /** What the bot asks of Redis. */
  askRedis<T>(name: string, run: () => T): Promise<T> {
    const life = alive();
    const fate: Fate = this.isRedisAway ? { kind: 'error', status: 0 } : this.weather.strike('redis', false);
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    if (fate.kind === 'crash' && fate.when === 'before') {
      this.#crash(life, `before redis ${name}`);
      return promise;
    }
    this.scheduler.plan(
      this.weather.latency('redis'),
      () => {
        if (!life.isAlive) return;
        if (fate.kind === 'error' || this.isRedisAway) {
          this.scheduler.plan(200, () => reject(new Error('Connection is closed.')), life);
          return;
        }
        const answer = run();
        if (fate.kind === 'crash') this.#crash(life, `after redis ${name}`);
        else life.do(() => resolve(answer));
      },
      'world',
    );
    return promise;
  }

  #ask<Raw, Answer>(
    service: Service,
    name: string,
    writes: boolean,
    how: {
      readonly run: (call: Call) => Promise<Raw>;
      readonly failed: (fate: Exclude<Fate, { kind: 'fine' | 'crash' | 'pause' }>) => unknown;
      readonly read: (raw: Raw) => Answer;
    },
  ): Promise<Answer> {
    const life = alive();
    const call: Call = { life, service, name, work: currentWork(), doneAt: undefined };
    this.calls.push(call);
    const fate = this.weather.strike(service, writes);
    if (fate.kind !== 'fine') this.story.tell(`${service} ${name}: ${wordsOf(fate)}`);
    else if (writes) this.story.tell(`${service} ${name}`);
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    if (fate.kind === 'crash' && fate.when === 'before') {
      this.#crash(life);
      return promise;
    }
    const settle = (raw: Raw) => {
      try {
        resolve(how.read(raw));
      } catch (error) {
        reject(error);
      }
    };
    const answer = (raw: Raw) => {
      if (fate.kind === 'crash') return this.#crash(life);
      if (fate.kind === 'pause' && fate.when === 'answered') this.#pause(life, fate.ms);
      this.scheduler.plan(this.weather.latency(service), () => settle(raw), life);
    };
    const failAs = (error: unknown) => {
      if (error === undefined) return;
      const late = () => (service === 'github' ? reject(error) : resolve(error as Answer));
      this.scheduler.plan(this.weather.latency(service), late, life);
    };
    const arrive = () => {
      switch (fate.kind) {
        case 'error':
        case 'silence':
          return failAs(how.failed(fate));
        default:
      }
      void asWorld(async () => {
        call.doneAt = this.scheduler.now;
        const raw = await how.run(call);
        if (fate.kind === 'error-though-done' || fate.kind === 'silence-though-done')
          failAs(how.failed(fate));
        else if (fate.kind === 'crash' && fate.when === 'sent') this.#crash(life);
        else answer(raw);
      });
    };
    const send = () =>
      void this.scheduler.plan(this.weather.latency(service) + this.#ambush(name), arrive, 'world');
    if (fate.kind === 'pause' && fate.when === 'before') {
      this.#pause(life, fate.ms);
      life.do(send);
    } else send();
    return promise;
  }

  /** Springs what lies in wait for a call of this name; returns how much longer the call takes then. */
  #ambush(name: string): number {
    const ambush = this.ambushes.find(({ match }) => match.test(name));
    if (ambush === undefined) return 0;
    ambush.after -= 1;
    if (ambush.after >= 0) return 0;
    this.ambushes = this.ambushes.filter((each) => each !== ambush);
    this.story.tell(`${name} takes ${ambush.slowMs / 1_000} s, and meanwhile:`, 'world');
    void asWorld(ambush.run);
    return ambush.slowMs;
  }

  #crash(life: Life, where = ''): void {
    if (!life.isAlive) return;
    this.story.tell(`dies ${where}`, life.name);
    life.end();
    asWorld(() => this.onCrash(life));
  }

  #pause(life: Life, ms: number): void {
    this.story.tell(`is stopped for ${ms / 1_000} s`, life.name);
    life.pause();
    this.scheduler.plan(
      ms,
      () => {
        this.story.tell('goes on', life.name);
        life.resume();
      },
      'world',
    );
  }
}

function alive(): Life {
  const life = currentLife();
  if (life === undefined) throw new Error('only the bot asks the outside');
  return life;
}

function requestError(response: GitHubReply, { url, method }: GitHubRequest): Error {
  const told = (response.data as { readonly message?: string } | undefined)?.message ?? '';
  return Object.assign(new Error(told), { status: response.status, response, request: { method, url } });
}

function wordsOf(fate: Fate): string {
  switch (fate.kind) {
    case 'fine':
      return 'done';
    case 'error':
      return `answers ${fate.status} and does nothing${fate.retryAfter === undefined ? '' : ` (retry after ${fate.retryAfter} s)`}`;
    case 'error-though-done':
      return `answers ${fate.status} though it is done`;
    case 'silence':
      return 'is lost';
    case 'silence-though-done':
      return 'is done, and its answer is lost';
    case 'crash':
      return `the process dies (${fate.when})`;
    case 'pause':
      return `the process is stopped (${fate.when}) for ${fate.ms / 1_000} s`;
  }
}
