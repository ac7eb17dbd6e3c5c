import type { ApproverRule } from '../policy/change-sections.ts';
import type { Policy } from '../policy.ts';

/**
 * The rules that must all hold for a change that reaches these environments.
 *
 * An environment that no rule names falls to those rules that name none. What reaches no environment of its own, such
 * as the policy, falls to these too, and to all rules where there are none of these: never to nobody.
 *
 * @returns empty when an environment has no rule: then nothing can be approved.
 */
export function ruleFor(
  { changes }: Pick<Policy, 'changes'>,
  environments: readonly string[],
): readonly ApproverRule[] {
  const open = changes.approvers.filter((rule) => rule.environments.length === 0);
  if (environments.length === 0) return open.length > 0 ? open : changes.approvers;
  const perEnvironment = environments.map((environment) => {
    const named = changes.approvers.filter((rule) => rule.environments.includes(environment));
    return named.length > 0 ? named : open;
  });
  return perEnvironment.some((rules) => rules.length === 0) ? [] : [...new Set(perEnvironment.flat())];
}

/** The environments for whose changes the policy names no approvers. */
export function unruled(policy: Pick<Policy, 'changes'>, environments: readonly string[]): readonly string[] {
  return environments.filter((environment) => ruleFor(policy, [environment]).length === 0);
}
