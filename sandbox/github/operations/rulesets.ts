import type { Actor } from '../actor.ts';
import { emit } from '../events.ts';
import { notFound } from '../problem.ts';
import { renderRuleset } from '../render/ruleset.ts';
import type { Ruleset } from '../types.ts';
import type { GitHubWorld } from '../world.ts';

export type RulesetInput = Pick<
  Ruleset,
  'name' | 'target' | 'enforcement' | 'bypassActors' | 'include' | 'exclude' | 'rules'
>;

export function createRuleset(world: GitHubWorld, actor: Actor, input: RulesetInput): Promise<Ruleset> {
  return world.exclusive(async () => {
    const at = world.iso();
    const ruleset: Ruleset = { ...input, id: world.state.nextId(), createdAt: at, updatedAt: at };
    world.state.rulesets.set(ruleset.id, ruleset);
    announce(world, actor, 'created', ruleset);
    return ruleset;
  });
}

/** @throws Problem 404. */
export function updateRuleset(
  world: GitHubWorld,
  actor: Actor,
  id: number,
  input: Partial<RulesetInput>,
): Promise<Ruleset> {
  return world.exclusive(async () => {
    const ruleset = Object.assign(rulesetOf(world, id), input, { updatedAt: world.iso() });
    announce(world, actor, 'edited', ruleset);
    return ruleset;
  });
}

/** @throws Problem 404. */
export function deleteRuleset(world: GitHubWorld, actor: Actor, id: number): Promise<void> {
  return world.exclusive(async () => {
    const ruleset = rulesetOf(world, id);
    world.state.rulesets.delete(id);
    announce(world, actor, 'deleted', ruleset);
  });
}

/** @throws Problem 404. */
export function rulesetOf(world: GitHubWorld, id: number): Ruleset {
  const ruleset = world.state.rulesets.get(id);
  if (!ruleset) throw notFound();
  return ruleset;
}

function announce(world: GitHubWorld, actor: Actor, action: string, ruleset: Ruleset): void {
  const shown = renderRuleset(world, ruleset, { whole: true, bypass: true });
  emit(world, 'repository_ruleset', action, actor, { repository_ruleset: shown });
}
