import type { App } from '@slack/bolt';
import type { Probot } from 'probot';
import { registerGitHubHandlers } from '../../../handlers/github/index.ts';
import { registerSlackHandlers } from '../../../handlers/slack/index.ts';
import { createChangeMemory } from '../../../jobs/change/change-memory.ts';
import type { JobDeps } from '../../../jobs/deps.ts';
import { catalogue } from '../../../jobs/index.ts';
import type { Log } from '../../../jobs/ports.ts';
import { createPlanCache } from '../../../jobs/release/plan-cache.ts';
import type { Ack, Parcel } from '../../../sandbox/slack/deliver/transport.ts';
import { createMarks } from '../../../src/adapters/marks.ts';
import { createPlatform } from '../../../src/adapters/platform.ts';
import { createHints, createIntake } from '../../../src/adapters/queue/intake.ts';
import { createEnqueuer } from '../../../src/adapters/queue/queues.ts';
import { runJob } from '../../../src/adapters/queue/run-job.ts';
import { keepSweeping } from '../../../src/adapters/queue/sweep.ts';
import { createIdentity } from '../../../src/adapters/slack/identity.ts';
import { createModals, createViews } from '../../../src/adapters/slack/modals.ts';
import { createPeople } from '../../../src/adapters/slack/people.ts';
import { createPlaces } from '../../../src/adapters/slack/places.ts';
import { createSpeaker } from '../../../src/adapters/slack/speaker.ts';
import { createSnapshotStore } from '../../../src/adapters/snapshot-store.ts';
import type { RepoName } from '../../../src/domain/ids.ts';
import { PermanentError, RetryableError } from '../../../src/errors.ts';
import type { Logger } from '../../../src/log.ts';
import { FakeFleet } from '../../support/fake-fleet.ts';
import { fakeJobDeps } from '../../support/fake-job-deps.ts';
import { Life } from '../support/life.ts';
import { REPO } from './github-world.ts';
import { LEDGER_KEY } from './ledger-key.ts';
import { ModelWorker, modelQueues } from './model-queues.ts';
import { gitHubApp, redisClient, slackClient } from './outside-clients.ts';
import type { Hook, World } from './world.ts';

type Handler = (given: object) => Promise<unknown>;

/** One process of the bot: the real handlers, jobs and adapters, composed as `src/compose` does. */
export class Bot {
  readonly life: Life;
  readonly #hooks = new Map<string, Handler[]>();
  readonly #answers = new Map<string, Handler>();

  /** @param onSurprise told of every failure that the house has no class for. */
  constructor(world: World, name: string, onSurprise: (error: unknown) => void) {
    this.life = new Life(name);
    this.life.clockAheadMs = world.weather.climate.clockAheadMs;
    this.life.do(() => this.#start(world, onSurprise));
  }

  #start(world: World, onSurprise: (error: unknown) => void): void {
    const log = logOf(world, onSurprise);
    const repos = [REPO as RepoName];
    const redis = redisClient(world);
    const client = slackClient(world);
    const identity = createIdentity(client);
    const queues = modelQueues(world);
    const enqueuer = createEnqueuer(queues);
    const marks = createMarks(redis);
    const snapshots = createSnapshotStore(redis, log);
    const platform = createPlatform(gitHubApp(world), repos, LEDGER_KEY, log);
    const people = createPeople(client, identity, log);
    const places = createPlaces(client);
    const deps: JobDeps = {
      repos,
      github: platform,
      requests: platform.requests,
      releases: platform,
      changes: platform,
      book: platform.book,
      memory: createChangeMemory(),
      speaker: createSpeaker({ client, identity, places, marks, log }),
      views: createViews(client),
      people,
      snapshots,
      marks,
      plans: createPlanCache(),
      hints: createHints(enqueuer),
      fleet: new FakeFleet(),
      deployments: platform.deployments,
      merges: platform,
      conventions: platform,
      overlays: fakeJobDeps({}).overlays,
    };
    const intake = createIntake(enqueuer);
    const modals = createModals(client);
    const sleep = (ms: number) => world.scheduler.sleep(ms);
    const doors = {
      repos,
      intake,
      modals,
      people,
      snapshots,
      marks,
      log,
      now: Date.now,
      sleep,
      ownLogin: () => 'trunkline[bot]',
    };
    registerGitHubHandlers(
      { on: (event: string, run: Handler) => this.#hook(event, run) } as unknown as Pick<Probot, 'on'>,
      doors,
    );
    registerSlackHandlers(this.#bolt() as unknown as App, doors);
    const runner = {
      catalogue: new Map(catalogue(deps).map((job) => [job.name, job])),
      enqueuer,
      signal: new AbortController().signal,
      log,
      count: () => undefined,
    };
    for (const model of Object.values(world.queues)) {
      const worker = new ModelWorker(world, this.life, model, (job, token) => runJob(runner, job, token));
      const before = model.onReady;
      model.onReady = () => {
        before();
        if (this.life.isAlive) worker.wake();
      };
    }
    keepSweeping(queues, redis, log);
  }

  #hook(event: string, run: Handler): void {
    this.#hooks.set(event, [...(this.#hooks.get(event) ?? []), run]);
  }

  #bolt(): object {
    const keep = (kind: string) => (name: string, run: Handler) =>
      void this.#answers.set(`${kind} ${name}`, run);
    return { command: keep('command'), action: keep('action'), view: keep('view') };
  }

  /** A webhook arrives; GitHub does not send it again, whatever comes of it. */
  hear({ event, payload }: Hook): void {
    this.life.do(() => {
      for (const run of this.#hooks.get(event) ?? [])
        run({ payload: structuredClone(payload) }).catch(() => undefined);
    });
  }

  /** Something that somebody did in Slack arrives; resolves with what is acknowledged, if anything ever is. */
  answer({ type, payload }: Parcel): Promise<Ack> {
    const { promise, resolve } = Promise.withResolvers<Ack>();
    const ack = async (body?: unknown) => resolve({ kind: 'acked', body: body as never });
    this.life.do(() => {
      const given = structuredClone(payload) as Record<string, never>;
      const view = given['view'] as { readonly callback_id?: string } | undefined;
      const [action] = (given['actions'] ?? []) as readonly { readonly action_id: string }[];
      const name =
        type === 'slash_commands'
          ? `command ${given['command']}`
          : given['type'] === 'view_submission'
            ? `view ${view?.callback_id}`
            : `action ${action?.action_id}`;
      const run = this.#answers.get(name);
      run?.({ ack, command: given, body: given, view, action }).catch(() => undefined);
    });
    return promise;
  }
}

/** Tells what a job failed with; what is none of the house's errors is a surprise. */
function logOf(world: World, onSurprise: (error: unknown) => void): Logger {
  const told = (fields: object, message: string) => {
    const error = 'err' in fields ? fields.err : undefined;
    if (error !== undefined) world.story.tell(`${message}: ${messageOf(error)}`);
    if (
      error !== undefined &&
      !(error instanceof RetryableError) &&
      !(error instanceof PermanentError) &&
      message === 'a job failed and comes back'
    )
      onSurprise(error);
  };
  const log: Log = { info: () => undefined, warn: told, error: told };
  return Object.assign(log, { child: () => log }) as unknown as Logger;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
