import type { Actor } from '../actor.ts';
import { emit } from '../events.ts';
import { renderPull } from '../render/pull.ts';
import type { Pull } from '../types.ts';
import { actorLogin, type GitHubWorld } from '../world.ts';

/** Notes what happened to a pull request in its timeline and sends `pull_request.<action>`. */
export async function announcePull(
  world: GitHubWorld,
  actor: Actor,
  pull: Pull,
  action: string,
  more: Readonly<Record<string, unknown>> = {},
  detail: Readonly<Record<string, string>> = {},
): Promise<void> {
  note(world, actor, pull.number, action === 'closed' && pull.merged ? 'merged' : action, detail);
  const payload = { number: pull.number, pull_request: await renderPull(world, pull), ...more };
  emit(world, 'pull_request', action, actor, payload);
}

/** Adds a line to the timeline of an issue or pull request. */
export function note(
  world: GitHubWorld,
  actor: Actor,
  number: number,
  event: string,
  detail: Readonly<Record<string, string>> = {},
): void {
  const id = world.state.nextId();
  world.state.timeline.push({ id, number, event, actor: actorLogin(world, actor), at: world.iso(), detail });
}
