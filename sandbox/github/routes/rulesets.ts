import { z } from 'zod';
import { rulesFor } from '../operations/rules.ts';
import {
  createRuleset,
  deleteRuleset,
  type RulesetInput,
  rulesetOf,
  updateRuleset,
} from '../operations/rulesets.ts';
import { may } from '../permissions.ts';
import { renderRule, renderRuleset } from '../render/ruleset.ts';
import { type Ctx, created, noContent, ok, page, type Reply, type Route } from '../route.ts';

const read = { name: 'metadata', level: 'read' } as const;
const write = { name: 'administration', level: 'write' } as const;
const one = '/repos/:owner/:repo/rulesets/:ruleset_id';

/** https://docs.github.com/rest/repos/rules */
export const rulesetRoutes: readonly Route[] = [
  { method: 'GET', path: '/repos/:owner/:repo/rules/branches/*', permission: read, handler: listRules },
  { method: 'GET', path: '/repos/:owner/:repo/rulesets', permission: read, handler: listRulesets },
  { method: 'POST', path: '/repos/:owner/:repo/rulesets', permission: write, handler: postRuleset },
  { method: 'GET', path: one, permission: read, handler: getRuleset },
  { method: 'PUT', path: one, permission: write, handler: putRuleset },
  { method: 'DELETE', path: one, permission: write, handler: removeRuleset },
];

function listRules(ctx: Ctx): Reply {
  const rules = rulesFor(ctx.world, `refs/heads/${ctx.param('*')}`);
  return page(ctx, rules, (slice) =>
    slice.map(({ ruleset, rule }) => ({
      ...renderRule(rule),
      ruleset_source_type: 'Repository',
      ruleset_source: `${ctx.state.repo.owner}/${ctx.state.repo.name}`,
      ruleset_id: ruleset.id,
    })),
  );
}

function listRulesets(ctx: Ctx): Reply {
  return page(ctx, [...ctx.state.rulesets.values()], (slice) =>
    slice.map((ruleset) => renderRuleset(ctx.world, ruleset, { whole: false, bypass: false })),
  );
}

const conditions = z.object({
  ref_name: z.object({ include: z.array(z.string()).default([]), exclude: z.array(z.string()).default([]) }),
});
const input = z.object({
  name: z.string(),
  target: z.enum(['branch', 'tag', 'push']).default('branch'),
  enforcement: z.enum(['active', 'disabled', 'evaluate']),
  bypass_actors: z
    .array(
      z.object({
        actor_id: z.number().nullable().default(null),
        actor_type: z.enum(['Integration', 'OrganizationAdmin', 'RepositoryRole', 'Team', 'DeployKey']),
        bypass_mode: z.enum(['always', 'pull_request']).default('always'),
      }),
    )
    .optional(),
  conditions: conditions.optional(),
  rules: z
    .array(z.object({ type: z.string(), parameters: z.record(z.string(), z.unknown()).optional() }))
    .optional(),
});

const partial = input.partial().extend({ target: z.enum(['branch', 'tag', 'push']).optional() });

function readInput(given: z.infer<typeof partial>): Partial<RulesetInput> {
  const { name, target, enforcement, bypass_actors: actors, rules } = given;
  const refs = given.conditions?.ref_name;
  return {
    ...(name === undefined ? {} : { name }),
    ...(target === undefined ? {} : { target }),
    ...(enforcement === undefined ? {} : { enforcement }),
    ...(actors && {
      bypassActors: actors.map((actor) => ({
        actorId: actor.actor_id,
        actorType: actor.actor_type,
        bypassMode: actor.bypass_mode,
      })),
    }),
    ...(refs && { include: refs.include, exclude: refs.exclude }),
    ...(rules && {
      rules: rules.map(({ type, parameters }) => (parameters ? { type, parameters } : { type })),
    }),
  };
}

async function postRuleset(ctx: Ctx): Promise<Reply> {
  const { name, target, enforcement, ...rest } = ctx.parse(input);
  const blank = { bypassActors: [], include: [], exclude: [], rules: [] };
  const ruleset = await createRuleset(ctx.world, ctx.actor, {
    ...blank,
    name,
    target,
    enforcement,
    ...readInput(rest),
  });
  return created(renderRuleset(ctx.world, ruleset, { whole: true, bypass: true }));
}

/** Who may bypass is shown to those only who may write rules. */
function getRuleset(ctx: Ctx): Reply {
  const bypass = may(ctx.world, ctx.actor, write);
  return ok(
    renderRuleset(ctx.world, rulesetOf(ctx.world, ctx.number('ruleset_id')), { whole: true, bypass }),
  );
}

async function putRuleset(ctx: Ctx): Promise<Reply> {
  const ruleset = await updateRuleset(
    ctx.world,
    ctx.actor,
    ctx.number('ruleset_id'),
    readInput(ctx.parse(partial)),
  );
  return ok(renderRuleset(ctx.world, ruleset, { whole: true, bypass: true }));
}

async function removeRuleset(ctx: Ctx): Promise<Reply> {
  await deleteRuleset(ctx.world, ctx.actor, ctx.number('ruleset_id'));
  return noContent();
}
