import type { Actor } from './actor.ts';
import type { Git, RefMove } from './git.ts';
import type { Limits } from './limits.ts';
import type { GitHubOptions } from './options.ts';
import type { State } from './state.ts';
import type { Tokens } from './tokens.ts';
import type { Iso, Pull } from './types.ts';
import type { View } from './view.ts';

/** What every part of the sandbox's GitHub works with. */
export interface GitHubWorld {
  readonly options: GitHubOptions;
  readonly state: State;
  readonly git: Git;
  readonly urls: Urls;
  /** Milliseconds since the epoch. */
  now(): number;
  /** The present, or `at` (ms), as GitHub prints it. */
  iso(at?: number): Iso;
  /** Runs one change after the other; inside another change it runs at once. */
  exclusive<T>(run: () => Promise<T>): Promise<T>;
  /** Refs and pull requests as this actor reads them: the bot's may be old while stale reads are on. */
  view(actor: Actor): View;
  readonly limits: Limits;
  readonly tokens: Tokens;
  readonly listeners: Listeners;
  /** Does work that nobody waits for (webhooks), so that `idle` and `close` can. */
  later(work: Promise<unknown>): void;
}

/** What else happens on a change, once it is done; the list is in `github.ts`. */
export interface Listeners {
  readonly pullOpened: readonly ((world: GitHubWorld, actor: Actor, pull: Pull) => Promise<void>)[];
  readonly refMoved: readonly ((world: GitHubWorld, actor: Actor, move: RefMove) => Promise<void>)[];
}

/** The addresses in answers, without trailing slashes. */
export interface Urls {
  /** The REST API's root. */
  api(): string;
  /** The repository in the API: `<api>/repos/<owner>/<repo>`. */
  repoApi(): string;
  /** The repository for people: `<html>/<owner>/<repo>`. */
  repoHtml(): string;
  html(): string;
  clone(): string;
}

/** The login that a change is credited to. */
export function actorLogin(world: GitHubWorld, actor: Actor): string {
  return actor.kind === 'user' ? actor.login : world.state.botLogin();
}
