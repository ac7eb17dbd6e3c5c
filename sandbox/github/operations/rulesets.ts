import { notFound } from '../problem.ts';
import type { Ruleset } from '../types.ts';
import type { GitHubWorld } from '../world.ts';

export type RulesetInput = Pick<
  Ruleset,
  'name' | 'target' | 'enforcement' | 'bypassActors' | 'include' | 'exclude' | 'rules'
>;

export function createRuleset(world: GitHubWorld, input: RulesetInput): Promise<Ruleset> {
  return world.exclusive(async () => {
    const at = world.iso();
    const ruleset: Ruleset = { ...input, id: world.state.nextId(), createdAt: at, updatedAt: at };
    world.state.rulesets.set(ruleset.id, ruleset);
    return ruleset;
  });
}

/** @throws Problem 404. */
export function updateRuleset(
  world: GitHubWorld,
  id: number,
  input: Partial<RulesetInput>,
): Promise<Ruleset> {
  return world.exclusive(async () => Object.assign(rulesetOf(world, id), input, { updatedAt: world.iso() }));
}

/** @throws Problem 404. */
export function deleteRuleset(world: GitHubWorld, id: number): Promise<void> {
  return world.exclusive(async () => {
    rulesetOf(world, id);
    world.state.rulesets.delete(id);
  });
}

/** @throws Problem 404. */
export function rulesetOf(world: GitHubWorld, id: number): Ruleset {
  const ruleset = world.state.rulesets.get(id);
  if (!ruleset) throw notFound();
  return ruleset;
}
