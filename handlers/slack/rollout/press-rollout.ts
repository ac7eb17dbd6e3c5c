import type { RepoName } from '../../../src/domain/ids.ts';
import { type RolloutTarget, readRolloutTarget } from '../../../src/views/rollout-actions.ts';
import { rolloutRefused, rolloutWaiting } from '../../../src/views/rollout-view.ts';
import type { HandlerDeps } from '../../ports.ts';
import { actionIdOf } from '../change/action-id-of.ts';
import { type Press, present, readPress } from '../change/press.ts';
import { openWaiting } from '../open-waiting.ts';
import { repoOf } from '../repo-of.ts';

type Deps = Pick<HandlerDeps, 'repos' | 'modals' | 'intake' | 'log' | 'now'>;

/** Why something fails. */
export async function pressShowWhy(deps: Deps, received: unknown): Promise<void> {
  await pressed(deps, received, (repo, target, { user }, viewId) =>
    deps.intake.showWhy({ v: 1, repo, askedBy: user, viewId, target }),
  );
}

/** Has Flux try again now. */
export async function pressTryAgain(deps: Deps, received: unknown): Promise<void> {
  await pressed(deps, received, (repo, target, { user, once }, viewId) =>
    deps.intake.tryAgain({
      v: 1,
      repo,
      actionId: actionIdOf('try-again', once, user, repo, target.management, target.id),
      askedBy: user,
      askedAt: deps.now(),
      viewId,
      target,
    }),
  );
}

async function pressed(
  deps: Deps,
  received: unknown,
  ask: (repo: RepoName, target: RolloutTarget, press: Press, viewId: string) => Promise<void>,
): Promise<void> {
  const press = readPress(received);
  const target = readRolloutTarget(press.value);
  const repo = target && repoOf(deps.repos, target.rollout.replace(/[~#]\d+$/, ''));
  if (target === undefined || repo === undefined) {
    await present(deps, press, rolloutRefused('stray'));
    return;
  }
  const modals = {
    open: (_trigger: string, view: object) => present(deps, press, view),
    update: (id: string, view: object) => deps.modals.update(id, view),
  };
  await openWaiting(
    { modals, log: deps.log },
    {
      triggerId: press.triggerId,
      loading: rolloutWaiting(),
      ask: (viewId) => ask(repo, target, press, viewId),
      away: rolloutRefused('away'),
    },
  );
}
