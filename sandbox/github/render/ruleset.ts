import type { Rule, Ruleset } from '../types.ts';
import type { GitHubWorld } from '../world.ts';

/** GitHub's "repository-ruleset"; in lists without rules and conditions. */
export function renderRuleset(
  world: GitHubWorld,
  ruleset: Ruleset,
  show: { readonly whole: boolean; readonly bypass: boolean },
) {
  const { owner, name } = world.state.repo;
  return {
    id: ruleset.id,
    name: ruleset.name,
    target: ruleset.target,
    source_type: 'Repository',
    source: `${owner}/${name}`,
    enforcement: ruleset.enforcement,
    node_id: world.state.nodeId('Ruleset', ruleset.id),
    _links: {
      self: { href: `${world.urls.repoApi()}/rulesets/${ruleset.id}` },
      html: { href: `${world.urls.repoHtml()}/rules/${ruleset.id}` },
    },
    created_at: ruleset.createdAt,
    updated_at: ruleset.updatedAt,
    ...(show.whole
      ? {
          conditions: { ref_name: { include: ruleset.include, exclude: ruleset.exclude } },
          rules: ruleset.rules.map(renderRule),
        }
      : {}),
    ...(show.bypass
      ? {
          bypass_actors: ruleset.bypassActors.map((actor) => ({
            actor_id: actor.actorId,
            actor_type: actor.actorType,
            bypass_mode: actor.bypassMode,
          })),
        }
      : {}),
  };
}

export function renderRule(rule: Rule) {
  return rule.parameters ? { type: rule.type, parameters: rule.parameters } : { type: rule.type };
}
