import type { Redis } from 'ioredis';
import type { HandlerDeps } from '../../handlers/ports.ts';
import { createChangeMemory } from '../../jobs/change/change-memory.ts';
import type { JobDeps } from '../../jobs/deps.ts';
import { createPlanCache } from '../../jobs/release/plan-cache.ts';
import { createGitHubApp, type GitHubApp } from '../adapters/github-app.ts';
import { createFleet } from '../adapters/kubernetes/fleet.ts';
import { createKubeconfig } from '../adapters/kubernetes/kubeconfig.ts';
import { createOverlayRenderer } from '../adapters/kustomize/overlay-renderer.ts';
import { createMarks } from '../adapters/marks.ts';
import { createPlatform } from '../adapters/platform.ts';
import { createHints, createIntake } from '../adapters/queue/intake.ts';
import { createEnqueuer, type Enqueuer, openQueues, type Queues } from '../adapters/queue/queues.ts';
import { createSlackApp, type SlackApp } from '../adapters/slack/app.ts';
import { createSlackClients } from '../adapters/slack/clients.ts';
import { createIdentity, type IdentitySource } from '../adapters/slack/identity.ts';
import { createModals, createViews } from '../adapters/slack/modals.ts';
import { createPeople } from '../adapters/slack/people.ts';
import { createPlaces } from '../adapters/slack/places.ts';
import { createSpeaker } from '../adapters/slack/speaker.ts';
import { createSnapshotStore } from '../adapters/snapshot-store.ts';
import { webhookDoor } from '../adapters/webhook-door.ts';
import type { Config } from '../config.ts';
import type { Door } from '../door.ts';
import type { HealthCheck } from '../health.ts';
import type { Logger } from '../log.ts';

/** All adapters, ready to be passed to handlers and jobs. */
export interface Outside {
  readonly slack: SlackApp;
  readonly identity: IdentitySource;
  readonly github: GitHubApp;
  readonly queues: Queues;
  readonly enqueuer: Enqueuer;
  readonly jobDeps: JobDeps;
  readonly handlerDeps: HandlerDeps;
  readonly doors: readonly Door[];
  readonly askSlack: HealthCheck;
  readonly askGitHub: HealthCheck;
  close(): Promise<void>;
}

export async function connectOutside(config: Config, redis: Redis, log: Logger): Promise<Outside> {
  const { repos } = config.github;
  const github = await createGitHubApp(config.github, log);
  const clients = createSlackClients({ ...config.slack, log });
  const identity = createIdentity(clients.quick);
  const slack = await createSlackApp(config.slack, identity, log, config.hasProxy);
  const queues = openQueues(redis);
  const enqueuer = createEnqueuer(queues);
  const marks = createMarks(redis);
  const snapshots = createSnapshotStore(redis, log);
  const speaker = createSpeaker({
    client: clients.patient,
    identity,
    places: createPlaces(clients.patient),
    marks,
    log,
  });
  const kubeconfig = createKubeconfig(config.kubernetes);
  const platform = createPlatform(github, repos, config.ledger, log);
  return {
    slack,
    identity,
    github,
    queues,
    enqueuer,
    jobDeps: {
      repos,
      github: platform,
      requests: platform.requests,
      releases: platform,
      changes: platform,
      merges: platform,
      conventions: platform,
      overlays: createOverlayRenderer(config.toolFolders, log),
      book: platform.book,
      deployments: platform.deployments,
      memory: createChangeMemory(),
      speaker,
      views: createViews(clients.patient),
      people: createPeople(clients.patient, identity, log),
      snapshots,
      marks,
      plans: createPlanCache(),
      hints: createHints(enqueuer),
      fleet: createFleet({ kubeconfig, log }),
    },
    handlerDeps: {
      repos,
      ownLogin: github.ownLogin,
      intake: createIntake(enqueuer),
      modals: createModals(clients.quick),
      people: createPeople(clients.quick, identity, log),
      snapshots,
      marks,
      log,
      now: Date.now,
      sleep: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
    },
    doors: [
      webhookDoor(config.github.webhookSecrets, github.receive, log),
      ...(slack.door === undefined ? [] : [slack.door]),
    ],
    askSlack: async () => {
      if (!slack.isConnected) throw new Error('Socket Mode has no connection');
      await identity.ask();
    },
    askGitHub: async () => {
      for (const repo of repos.slice(0, 1)) await (await github.octokitFor(repo)).request('GET /rate_limit');
    },
    close: async () => {
      await Promise.allSettled([...Object.values(queues).map((queue) => queue.close()), kubeconfig.close()]);
    },
  };
}
