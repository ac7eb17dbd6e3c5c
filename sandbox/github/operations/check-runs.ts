import type { Actor } from '../actor.ts';
import { emit } from '../events.ts';
import { forbidden, notFound, Problem, unprocessable } from '../problem.ts';
import { renderCheckRunEvent, renderCheckSuite } from '../render/check-run.ts';
import type { CheckAnnotation, CheckConclusion, CheckRun, CheckStatus, CheckSuite } from '../types.ts';
import type { GitHubWorld } from '../world.ts';
import { summariseSuite } from './check-summary.ts';
import { advanceQueue } from './merge-queue.ts';

/** What a request may say of a check run; what is left out stays as it is. */
export interface CheckRunChange {
  readonly name?: string | undefined;
  readonly status?: CheckStatus | undefined;
  readonly conclusion?: CheckConclusion | undefined;
  readonly detailsUrl?: string | undefined;
  readonly externalId?: string | undefined;
  readonly startedAt?: string | undefined;
  readonly completedAt?: string | undefined;
  readonly output?:
    | {
        readonly title?: string | null | undefined;
        readonly summary?: string | null | undefined;
        readonly text?: string | null | undefined;
        /** Added to those it has. */
        readonly annotations?: readonly CheckAnnotation[] | undefined;
      }
    | undefined;
  readonly actions?: CheckRun['actions'] | undefined;
}

/** @throws Problem 403 unless by the App, 422 for an unknown commit or a completed run without a conclusion. */
export function createCheckRun(
  world: GitHubWorld,
  actor: Actor,
  headSha: string,
  input: CheckRunChange & { readonly name: string },
): Promise<CheckRun> {
  return world.exclusive(async () => {
    demandApp(actor);
    if (!(await world.git.commit(headSha))) throw unprocessable(`No commit found for SHA: ${headSha}`);
    const suite = await suiteFor(world, headSha);
    const run: CheckRun = {
      id: world.state.nextId(),
      suiteId: suite.id,
      name: input.name,
      headSha,
      appId: world.state.app.id,
      status: 'queued',
      conclusion: null,
      detailsUrl: null,
      externalId: null,
      startedAt: null,
      completedAt: null,
      output: { title: null, summary: null, text: null, annotations: [] },
      actions: [],
    };
    apply(world, run, input);
    run.startedAt ??= world.iso();
    world.state.checkRuns.set(run.id, run);
    suite.updatedAt = world.iso();
    send(world, actor, run, 'created');
    if (run.status === 'completed') await completed(world, actor, run, suite);
    await advanceQueue(world, run.headSha);
    return run;
  });
}

/** @throws Problem 404, 403 unless by the App that made it, 422. */
export function updateCheckRun(
  world: GitHubWorld,
  actor: Actor,
  id: number,
  change: CheckRunChange,
): Promise<CheckRun> {
  return world.exclusive(async () => {
    const run = checkRunOf(world, id);
    demandApp(actor);
    if (run.appId !== world.state.app.id)
      throw forbidden(
        `Invalid app_id \`${world.state.app.id}\` - check run can only be modified by the GitHub App that created it.`,
      );
    const was = run.status;
    apply(world, run, change);
    const suite = world.state.checkSuites.get(run.suiteId);
    if (suite) suite.updatedAt = world.iso();
    if (suite && run.status === 'completed' && was !== 'completed') await completed(world, actor, run, suite);
    await advanceQueue(world, run.headSha);
    return run;
  });
}

/** Somebody asks the App to run it again: the webhook is all that happens. @throws Problem 404. */
export function rerequestCheckRun(world: GitHubWorld, actor: Actor, id: number): Promise<void> {
  return world.exclusive(async () => send(world, actor, checkRunOf(world, id), 'rerequested'));
}

/** Somebody presses one of its buttons. @throws Problem 404 or 422 when it has no such button. */
export function requestCheckAction(
  world: GitHubWorld,
  actor: Actor,
  id: number,
  identifier: string,
): Promise<void> {
  return world.exclusive(async () => {
    const run = checkRunOf(world, id);
    if (!run.actions.some((action) => action.identifier === identifier))
      throw unprocessable('Unknown action');
    send(world, actor, run, 'requested_action', { requested_action: { identifier } });
  });
}

/** Makes the App's suite of a commit when there is none yet; `before` is what the branch was at. */
export async function suiteFor(
  world: GitHubWorld,
  headSha: string,
  before: string | null = null,
): Promise<CheckSuite> {
  const { state } = world;
  const known = [...state.checkSuites.values()].find(
    (suite) => suite.headSha === headSha && suite.appId === state.app.id,
  );
  if (known) return known;
  const ref = [...state.refs].find(([name, sha]) => name.startsWith('refs/heads/') && sha === headSha)?.[0];
  const now = world.iso();
  const suite: CheckSuite = {
    id: state.nextId(),
    headSha,
    headBranch: ref?.slice('refs/heads/'.length) ?? null,
    appId: state.app.id,
    before,
    createdAt: now,
    updatedAt: now,
  };
  state.checkSuites.set(suite.id, suite);
  return suite;
}

/** @throws Problem 404. */
export function checkRunOf(world: GitHubWorld, id: number): CheckRun {
  const run = world.state.checkRuns.get(id);
  if (!run) throw notFound();
  return run;
}

function demandApp(actor: Actor): void {
  if (actor.kind !== 'installation') throw forbidden('You must authenticate via a GitHub App.');
}

function apply(world: GitHubWorld, run: CheckRun, change: CheckRunChange): void {
  const status = change.status ?? (change.conclusion === undefined ? run.status : 'completed');
  if (status === 'completed' && (change.conclusion ?? run.conclusion) === null)
    throw new Problem(
      422,
      "Invalid request.\n\nFor 'allOf/0', conclusion is required when status is completed.",
    );
  run.name = change.name ?? run.name;
  run.status = status;
  run.conclusion = status === 'completed' ? (change.conclusion ?? run.conclusion) : null;
  run.completedAt = status === 'completed' ? (change.completedAt ?? run.completedAt ?? world.iso()) : null;
  run.startedAt = change.startedAt ?? run.startedAt;
  run.detailsUrl = change.detailsUrl ?? run.detailsUrl;
  run.externalId = change.externalId ?? run.externalId;
  run.actions = change.actions ?? run.actions;
  const { output } = change;
  if (!output) return;
  run.output = {
    title: output.title ?? run.output.title,
    summary: output.summary ?? run.output.summary,
    text: output.text ?? run.output.text,
    annotations: [...run.output.annotations, ...(output.annotations ?? [])],
  };
}

async function completed(world: GitHubWorld, actor: Actor, run: CheckRun, suite: CheckSuite): Promise<void> {
  send(world, actor, run, 'completed');
  if (summariseSuite(world.state, suite).status !== 'completed') return;
  emit(world, 'check_suite', 'completed', actor, { check_suite: await renderCheckSuite(world, suite) });
}

function send(
  world: GitHubWorld,
  actor: Actor,
  run: CheckRun,
  action: string,
  more: Readonly<Record<string, unknown>> = {},
): void {
  emit(world, 'check_run', action, actor, { check_run: renderCheckRunEvent(world, run), ...more });
}
