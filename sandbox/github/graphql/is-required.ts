import { rulesFor } from '../operations/rules.ts';
import type { GraphContext } from './fields.ts';

export interface PullArgs {
  readonly pullRequestId?: string | null;
  readonly pullRequestNumber?: number | null;
}

/** Whether a ruleset asks for this check before the pull request may be merged. */
export function isRequired(
  context: GraphContext,
  args: PullArgs,
  name: string,
  appId: number | null,
): boolean {
  const { state } = context.world;
  const key = args.pullRequestId ? state.byNodeId(args.pullRequestId)?.key : args.pullRequestNumber;
  const pull = context.view.pulls.get(Number(key));
  if (!pull) return false;
  return rulesFor(context.world, `refs/heads/${pull.baseRef}`).some(({ rule }) => {
    const checks =
      rule.type === 'required_status_checks' ? rule.parameters?.['required_status_checks'] : undefined;
    return Array.isArray(checks) && checks.some((check: RequiredCheck) => fits(check, name, appId));
  });
}

interface RequiredCheck {
  readonly context?: string;
  readonly integration_id?: number;
}

function fits(check: RequiredCheck, name: string, appId: number | null): boolean {
  return check.context === name && (check.integration_id === undefined || check.integration_id === appId);
}
