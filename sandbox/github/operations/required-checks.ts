import type { Pull } from '../types.ts';
import type { GitHubWorld } from '../world.ts';

interface Required {
  readonly context: string;
  /** Only this App's result counts; anybody's when undefined. */
  readonly app: number | undefined;
}

/** The sentence GitHub refuses with while required checks of a commit are not green; undefined when they are. */
export async function missingChecks(
  world: GitHubWorld,
  sha: string,
  parameters: Readonly<Record<string, unknown>>,
  pull: Pull | undefined,
): Promise<string | undefined> {
  const required = readRequired(parameters['required_status_checks']);
  const said = required.map((each) => ({ each, verdict: verdictOf(world, sha, each) }));
  const expected = said.filter(({ verdict }) => verdict === 'expected');
  const failing = said.filter(({ verdict }) => verdict === 'failing');
  const pending = said.filter(({ verdict }) => verdict === 'pending');
  if (failing.length > 0) return `Required status check "${failing[0]?.each.context}" is failing.`;
  if (pending.length > 0) return `Required status check "${pending[0]?.each.context}" is in progress.`;
  if (expected.length > 1)
    return `${expected.length} of ${required.length} required status checks are expected.`;
  if (expected[0]) return `Required status check "${expected[0].each.context}" is expected.`;
  if (pull && parameters['strict_required_status_checks_policy'] === true && (await isBehind(world, pull))) {
    return 'This branch must be up to date with the base branch before merging.';
  }
  return undefined;
}

async function isBehind(world: GitHubWorld, pull: Pull): Promise<boolean> {
  const base = world.state.refs.get(`refs/heads/${pull.baseRef}`);
  return base !== undefined && !(await world.git.isAncestor(base, pull.headSha));
}

type Verdict = 'green' | 'failing' | 'pending' | 'expected';

/** The latest check run of that name (and App, where pinned) decides; then the latest status, unless an App is pinned. */
function verdictOf(world: GitHubWorld, sha: string, required: Required): Verdict {
  const runs = [...world.state.checkRuns.values()].filter(
    (run) =>
      run.headSha === sha &&
      run.name === required.context &&
      (required.app === undefined || run.appId === required.app),
  );
  const run = runs.at(-1);
  if (run && run.status !== 'completed') return 'pending';
  if (run) return ['success', 'neutral', 'skipped'].includes(run.conclusion ?? '') ? 'green' : 'failing';
  if (required.app !== undefined) return 'expected';
  const status = world.state.statuses.findLast(
    (each) => each.sha === sha && each.context === required.context,
  );
  if (!status) return 'expected';
  if (status.state === 'pending') return 'pending';
  return status.state === 'success' ? 'green' : 'failing';
}

function readRequired(value: unknown): Required[] {
  if (!Array.isArray(value)) return [];
  return value.map((each: { context?: unknown; integration_id?: unknown }) => ({
    context: String(each.context),
    app: typeof each.integration_id === 'number' ? each.integration_id : undefined,
  }));
}
