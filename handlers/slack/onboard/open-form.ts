import { firstValues } from '../../../src/domain/form/first-values.ts';
import type { FormValues } from '../../../src/domain/form/values.ts';
import type { RepoName, SlackUserId } from '../../../src/domain/ids.ts';
import type { Understanding } from '../../../src/domain/understand.ts';
import { type FormNotice, onboardForm } from '../../../src/views/onboard-form.ts';
import type { ChangeTarget } from '../../../src/views/request/change-target.ts';
import { brokenPolicyForm, loadingForm, unavailableForm } from '../../../src/views/waiting-form.ts';
import type { HandlerDeps } from '../../ports.ts';
import { permission } from '../allowed.ts';
import { awaitKnowledge, type Knowledge, knowledge } from '../knowledge.ts';

type Understood = Extract<Understanding, { kind: 'ok' }>;

export interface OpenForm {
  readonly user: SlackUserId;
  readonly triggerId: string;
  /** What stood behind the command. */
  readonly name: string;
}

/** What is at hand at once needs no loading view; a trigger lives 3 s. */
const AT_ONCE_MS = 300;
const WAIT_MS = 2_000;

/** Opens the form of `/onboard-tenant`, or says in its place why it cannot be offered. */
export async function openForm(deps: HandlerDeps, { user, triggerId, name }: OpenForm): Promise<void> {
  const [repo] = deps.repos;
  if (repo === undefined) return;
  const known = await knowledge(deps, repo, AT_ONCE_MS);
  if (known) {
    await deps.modals.open(triggerId, await formFor(deps, repo, known, user, name));
    return;
  }
  const viewId = await deps.modals.open(triggerId, loadingForm(name));
  const late = await awaitKnowledge(deps, repo, WAIT_MS);
  const view = late ? await formFor(deps, repo, late, user, name) : unavailableForm('no-snapshot');
  await deps.modals.update(viewId, view);
}

async function formFor(deps: HandlerDeps, repo: RepoName, known: Knowledge, user: SlackUserId, name: string) {
  const { understanding } = known;
  if (understanding.kind === 'invalid') return brokenPolicyForm(understanding.problems);
  const may = await permission(deps, understanding.policy.onboarding.who, user);
  if (may === 'guest' || may === 'not-allowed') return unavailableForm(may);
  const values = firstValues(name.trim(), understanding.policy, understanding.platform);
  return drawForm(deps.repos, repo, { ...understanding, staleMinutes: known.staleMinutes }, values);
}

/** The form over what is known; of the request that it changes, where it changes one. */
export function drawForm(
  repos: readonly RepoName[],
  repo: RepoName,
  { policy, platform, staleMinutes }: Understood & Pick<Knowledge, 'staleMinutes'>,
  values: FormValues,
  changes?: ChangeTarget,
) {
  const unreadable = platform.unreadable.map(({ path }) => path);
  const notices: FormNotice[] = [
    ...(staleMinutes === undefined ? [] : [{ kind: 'platform-stale', minutes: staleMinutes } as const]),
    ...(unreadable.length === 0 ? [] : [{ kind: 'unreadable', paths: unreadable } as const]),
  ];
  const choice = repos.length > 1 && !changes ? { platforms: { chosen: repo, all: repos } } : {};
  return onboardForm({ policy, platform, values, notices, metadata: repo, changes, ...choice });
}
