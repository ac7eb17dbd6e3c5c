import type { Actor } from '../actor.ts';
import { emit } from '../events.ts';
import { notFound } from '../problem.ts';
import { renderIssue } from '../render/issue.ts';
import type { Issue, Pull } from '../types.ts';
import type { GitHubWorld } from '../world.ts';
import { announcePull, note } from './announce-pull.ts';

/** What has a number, a conversation and labels. */
export type Conversation = Issue | Pull;

export function isPull(it: Conversation): it is Pull {
  return 'headRef' in it;
}

/** The issue or pull request of that number. @throws Problem 404. */
export function conversationOf(world: GitHubWorld, number: number): Conversation {
  const found = world.state.pulls.get(number) ?? world.state.issues.get(number);
  if (!found) throw notFound();
  return found;
}

/** Notes a change in the timeline and sends `issues.<action>` or `pull_request.<action>`. */
export async function announce(
  world: GitHubWorld,
  actor: Actor,
  it: Conversation,
  action: string,
  more: Readonly<Record<string, unknown>> = {},
  detail: Readonly<Record<string, string>> = {},
): Promise<void> {
  if (isPull(it)) return announcePull(world, actor, it, action, more, detail);
  note(world, actor, it.number, action, detail);
  emit(world, 'issues', action, actor, { issue: renderIssue(world, it), ...more });
}
