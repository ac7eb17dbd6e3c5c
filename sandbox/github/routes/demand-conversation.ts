import { conversationOf, isPull } from '../operations/conversations.ts';
import { demand, may } from '../permissions.ts';
import type { Ctx } from '../route.ts';

/**
 * Issues ask for `issues`; a pull request is satisfied with `pull_requests` too.
 *
 * @throws Problem 404 for an unknown number, 401 or 403 without the permission.
 */
export function demandConversation(ctx: Ctx, number: number, level: 'read' | 'write'): void {
  const { world, actor } = ctx;
  const it = world.state.pulls.get(number) ?? world.state.issues.get(number);
  const asPull = it && isPull(it) && may(world, actor, { name: 'pull_requests', level });
  if (!asPull) demand(world, actor, { name: 'issues', level });
  conversationOf(world, number);
}
