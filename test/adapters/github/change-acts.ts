import type { CheckConclusion } from '../../../sandbox/github/types.ts';
import type { CommitSha } from '../../../src/domain/ids.ts';
import type { SandboxGitHub } from './sandbox-github.ts';

/** A ruleset of the default branch, made by somebody who may. */
export async function rule(github: SandboxGitHub, type: string, parameters: object): Promise<void> {
  const { state } = github.site.world;
  const id = state.nextId();
  state.rulesets.set(id, {
    id,
    name: type,
    target: 'branch',
    enforcement: 'active',
    bypassActors: [],
    include: ['~DEFAULT_BRANCH'],
    exclude: [],
    rules: [{ type, parameters: { ...parameters } }],
    createdAt: '2026-06-01T12:00:00Z',
    updatedAt: '2026-06-01T12:00:00Z',
  });
}

export async function requireChecks(
  github: SandboxGitHub,
  checks: readonly { readonly context: string; readonly integration_id?: number }[],
): Promise<void> {
  await rule(github, 'required_status_checks', { required_status_checks: checks });
}

/** A check run by another App that is installed on the same repository; returns its id. */
export async function foreignCheck(
  github: SandboxGitHub,
  head: CommitSha,
  name: string,
  conclusion: CheckConclusion,
): Promise<number> {
  const { state } = github.site.world;
  const [suiteId, id, appId] = [state.nextId(), state.nextId(), 99];
  const at = '2026-06-01T12:00:00Z';
  state.checkSuites.set(suiteId, {
    id: suiteId,
    headSha: head,
    headBranch: null,
    appId,
    before: null,
    createdAt: at,
    updatedAt: at,
  });
  state.checkRuns.set(id, {
    id,
    suiteId,
    name,
    headSha: head,
    appId,
    status: 'completed',
    conclusion,
    detailsUrl: null,
    externalId: head,
    startedAt: at,
    completedAt: at,
    output: { title: name, summary: '', text: null, annotations: [] },
    actions: [],
  });
  return id;
}
