import type { Actor } from '../actor.ts';
import { type RefMove, zeroOid } from '../git.ts';
import { roleOf } from '../permissions.ts';
import type { BypassActor, Pull, Rule, Ruleset } from '../types.ts';
import type { GitHubWorld } from '../world.ts';
import { missingOwnerReview } from './owner-reviews.ts';
import { missingChecks } from './required-checks.ts';
import { missingReviews } from './required-reviews.ts';

/** A rule with the ruleset it comes from. */
export interface ActiveRule {
  readonly ruleset: Ruleset;
  readonly rule: Rule;
}

/** The rules that hold for a ref (full name), of active rulesets only. */
export function rulesFor(world: GitHubWorld, ref: string): readonly ActiveRule[] {
  return [...world.state.rulesets.values()]
    .filter((ruleset) => ruleset.enforcement === 'active' && covers(world, ruleset, ref))
    .flatMap((ruleset) => ruleset.rules.map((rule) => ({ ruleset, rule })));
}

/**
 * What the rules have against moving a ref, as sentences; empty when nothing.
 *
 * @param pull the pull request whose merge moves it, if one does.
 */
export async function violations(
  world: GitHubWorld,
  actor: Actor,
  move: RefMove,
  pull?: Pull,
): Promise<string[]> {
  const found: string[] = [];
  for (const rule of bindingRules(world, actor, move.ref, pull !== undefined)) {
    const said = await objection(world, rule, move, pull);
    if (said !== undefined && !found.includes(said)) found.push(said);
  }
  return found;
}

/** The rules that an actor cannot bypass. */
export function bindingRules(
  world: GitHubWorld,
  actor: Actor,
  ref: string,
  throughPull = false,
): readonly Rule[] {
  return rulesFor(world, ref)
    .filter(
      ({ ruleset }) => !ruleset.bypassActors.some((bypass) => bypasses(world, actor, bypass, throughPull)),
    )
    .map(({ rule }) => rule);
}

/** What one rule has against a move; undefined when nothing. */
export async function objection(
  world: GitHubWorld,
  rule: Rule,
  move: RefMove,
  pull?: Pull,
): Promise<string | undefined> {
  const creates = move.from === zeroOid;
  const deletes = move.to === zeroOid;
  const changes = !creates && !deletes;
  const short = move.ref.replace(/^refs\/(heads|tags)\//, '');
  switch (rule.type) {
    case 'creation':
      return creates ? 'Cannot create ref due to creations being restricted.' : undefined;
    case 'deletion':
      return deletes ? 'Cannot delete this protected ref.' : undefined;
    case 'update':
      return changes ? 'Cannot update this protected ref.' : undefined;
    case 'non_fast_forward':
      if (!changes || (await isForward(world, move))) return undefined;
      return 'Cannot force-push to this protected ref.';
    case 'required_linear_history':
      if (deletes) return undefined;
      return (await hasMerges(world, move)) ? 'This branch must not contain merge commits.' : undefined;
    case 'pull_request':
      if (!pull) return deletes ? undefined : 'Changes must be made through a pull request.';
      return (
        missingReviews(world, pull, rule.parameters ?? {}) ??
        (await missingOwnerReview(world, pull, rule.parameters ?? {}))
      );
    case 'required_status_checks':
      if (deletes || (creates && rule.parameters?.['do_not_enforce_on_create'] === true)) return undefined;
      return missingChecks(world, pull?.headSha ?? move.to, rule.parameters ?? {}, pull);
    case 'branch_name_pattern':
    case 'tag_name_pattern':
      return creates && !fits(rule, short)
        ? `Ref name must match the pattern: ${String(rule.parameters?.['pattern'])}.`
        : undefined;
    default:
      return undefined;
  }
}

async function isForward(world: GitHubWorld, move: RefMove): Promise<boolean> {
  const [to, from] = await Promise.all([world.git.peel(move.to), world.git.peel(move.from)]);
  return to !== undefined && from !== undefined && world.git.isAncestor(from, to);
}

async function hasMerges(world: GitHubWorld, move: RefMove): Promise<boolean> {
  const [to, from] = await Promise.all([world.git.peel(move.to), world.git.peel(move.from)]);
  if (to === undefined) return false;
  return (await world.git.log(to, from === undefined ? [] : [from], { merges: true, most: 1 })).length > 0;
}

function fits(rule: Rule, text: string): boolean {
  const pattern = String(rule.parameters?.['pattern'] ?? '');
  const matchers: Readonly<Record<string, () => boolean>> = {
    starts_with: () => text.startsWith(pattern),
    ends_with: () => text.endsWith(pattern),
    contains: () => text.includes(pattern),
    regex: () => new RegExp(pattern).test(text),
  };
  const matches = matchers[String(rule.parameters?.['operator'])]?.() ?? true;
  return matches !== (rule.parameters?.['negate'] === true);
}

function covers(world: GitHubWorld, ruleset: Ruleset, ref: string): boolean {
  const space = { branch: 'refs/heads/', tag: 'refs/tags/', push: 'refs/' }[ruleset.target];
  if (!ref.startsWith(space)) return false;
  const matches = (pattern: string): boolean => {
    if (pattern === '~ALL') return true;
    if (pattern === '~DEFAULT_BRANCH') return ref === `refs/heads/${world.state.repo.defaultBranch}`;
    return fnmatch(pattern, ref);
  };
  return ruleset.include.some(matches) && !ruleset.exclude.some(matches);
}

/** Ruby's fnmatch with FNM_PATHNAME, as GitHub documents: `*` stays within a segment, two stars cross them. */
function fnmatch(pattern: string, ref: string): boolean {
  const parts = pattern.split(/(\*\*\/|\*\*|\*|\?)/).map((part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    return part === '?' ? '[^/]' : part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`).test(ref);
}

/** Ids of repository roles in bypass lists, as GitHub numbers them. */
const roleIds: Readonly<Record<number, string>> = { 2: 'maintain', 4: 'write', 5: 'admin' };

function bypasses(world: GitHubWorld, actor: Actor, bypass: BypassActor, throughPull: boolean): boolean {
  if (bypass.bypassMode === 'pull_request' && !throughPull) return false;
  if (actor.kind === 'installation')
    return bypass.actorType === 'Integration' && bypass.actorId === world.state.app.id;
  if (actor.kind !== 'user') return false;
  if (bypass.actorType === 'Team') {
    const team = [...world.state.teams.values()].find((each) => each.id === bypass.actorId);
    return team?.members.some((member) => member.login === actor.login) ?? false;
  }
  if (bypass.actorType !== 'RepositoryRole' || bypass.actorId === null) return false;
  return roleOf(world, actor.login) === roleIds[bypass.actorId];
}
