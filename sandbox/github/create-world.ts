import { AsyncLocalStorage } from 'node:async_hooks';
import type { Actor } from './actor.ts';
import { found, onGitHub } from './founding.ts';
import { importHistory } from './import-history.ts';
import { importReleases } from './import-releases.ts';
import { Limits } from './limits.ts';
import { listeners } from './listeners.ts';
import type { GitHubOptions } from './options.ts';
import { prepareRepository } from './seed.ts';
import { State } from './state.ts';
import { Tokens } from './tokens.ts';
import { Views } from './view.ts';
import type { GitHubWorld, Urls } from './world.ts';

/** The world with what only its owner handles. */
export interface OwnWorld extends GitHubWorld {
  readonly views: Views;
  /** Resolves when no webhook is under way. */
  idle(): Promise<void>;
}

/** Opens or founds the world that the options describe. @throws when the seed cannot be read. */
export async function createWorld(options: GitHubOptions): Promise<OwnWorld> {
  const now = options.now ?? Date.now;
  const iso = (at = now()): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
  const { git, defaultBranch, saved } = await prepareRepository(options);
  const state = saved === undefined ? new State(found(options, iso())) : State.fromJSON(saved);
  const views = new Views(state, now);
  const queue = changeQueue(views);
  const running = new Set<Promise<unknown>>();
  const world: OwnWorld = {
    options,
    state,
    git,
    views,
    listeners,
    limits: new Limits(now, options.limits),
    tokens: new Tokens({
      logins: options.people.filter(onGitHub).map((person) => person.githubLogin),
      privateKeyPem: options.app.privateKeyPem,
      app: () => state.app,
      now,
    }),
    urls: urlsOf(options),
    now,
    iso,
    exclusive: queue,
    view: (actor: Actor) => (actor.kind === 'user' ? views.truth() : views.stale()),
    later(work) {
      const tracked = work.catch((error: unknown) =>
        console.error('sandbox: failed after an answer:', error),
      );
      running.add(tracked);
      void tracked.then(() => running.delete(tracked));
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
  if (saved === undefined) await settle(world, defaultBranch);
  else await resume(world);
  return world;
}

async function settle(world: OwnWorld, defaultBranch: string): Promise<void> {
  const { state, options } = world;
  state.repo.defaultBranch = defaultBranch;
  for (const person of options.people.filter(onGitHub)) state.members.add(person.githubLogin);
  for (const [login, role] of Object.entries(options.roles ?? {})) state.roles.set(login, role);
  for (const [ref, oid] of await world.git.readRefs()) state.refs.set(ref, oid);
  await importHistory(world);
  if (options.seed.kind === 'source') await importReleases(world);
}

/** Git is right where the two differ: the last seconds before an end by force were not saved. */
async function resume(world: OwnWorld): Promise<void> {
  const { state } = world;
  state.app.webhookUrl = world.options.app.webhookUrl;
  state.refs.clear();
  for (const [ref, oid] of await world.git.readRefs()) state.refs.set(ref, oid);
  for (const pull of state.pulls.values()) {
    const head = state.refs.get(`refs/heads/${pull.headRef}`);
    if (pull.state === 'open' && head !== undefined) pull.headSha = head;
    state.reserveNumber(pull.number);
  }
}

/** One change after the other. A change inside a change runs at once, or it would wait for itself. */
function changeQueue(views: Views): GitHubWorld['exclusive'] {
  const inside = new AsyncLocalStorage<true>();
  let last: Promise<unknown> = Promise.resolve();
  return <T>(run: () => Promise<T>): Promise<T> => {
    if (inside.getStore()) return run();
    const mine = last.then(() => inside.run(true, run)).finally(() => views.changed());
    last = mine.catch(() => undefined);
    return mine;
  };
}

function urlsOf(options: GitHubOptions): Urls {
  const html = options.htmlUrl ?? options.publicUrl;
  const name = `${options.owner}/${options.repo}`;
  return {
    api: options.publicUrl,
    repoApi: () => `${options.publicUrl()}/repos/${name}`,
    html,
    repoHtml: () => `${html()}/${name}`,
    clone: () => `${options.publicUrl()}/git/${name}.git`,
  };
}
