import type { ChangeWish } from '../../../jobs/change/payloads.ts';
import type { RepoName } from '../../../src/domain/ids.ts';
import { type ChangeButton, decodeChangeButton } from '../../../src/views/change/action-ids.ts';
import { changeWaiting } from '../../../src/views/change/change-answer.ts';
import { changeAway, changeStray } from '../../../src/views/change/door-words.ts';
import type { HandlerDeps } from '../../ports.ts';
import { openWaiting } from '../open-waiting.ts';
import { repoOf } from '../repo-of.ts';
import { requestIdOf } from '../request-id-of.ts';
import { actionIdOf } from './action-id-of.ts';
import { type Press, present, readPress } from './press.ts';

type Deps = Pick<HandlerDeps, 'repos' | 'modals' | 'intake' | 'log' | 'now'>;

/** A button that is about a change of ours. */
export type OurButton = ChangeButton & { readonly repo: RepoName };

/** The change that a button or form names; undefined for anything that is not one of a platform of ours. */
export function ourButton(repos: readonly RepoName[], value: string): OurButton | undefined {
  const button = decodeChangeButton(value);
  const repo = button && repoOf(repos, button.repo);
  return button && repo ? { ...button, repo } : undefined;
}

/** A button that says something about a change by itself. */
export async function pressWish(
  deps: Deps,
  received: unknown,
  wish: Extract<ChangeWish, { kind: 'approve' | 'take-back' | 'go' | 'confirm-override' }>,
): Promise<void> {
  await pressed(deps, readPress(received), ({ repo, change, shown }, { user, once }, viewId) =>
    deps.intake.changeIntent({
      v: 1,
      repo,
      actionId: actionIdOf(wish.kind, once, user, repo, change),
      by: { slack: user },
      askedAt: deps.now(),
      change,
      via: 'slack',
      shown,
      wish,
      answer: { kind: 'view', viewId },
    }),
  );
}

/** Back to what ran before the change. */
export async function pressBack(deps: Deps, received: unknown): Promise<void> {
  await pressed(deps, readPress(received), ({ repo, change }, { user, once }, viewId) =>
    deps.intake.promote({
      v: 1,
      repo,
      requestId: requestIdOf(once, JSON.stringify({ back: change, repo, user })),
      askedBy: user,
      askedAt: deps.now(),
      backFrom: change,
      where: [],
      viewId,
    }),
  );
}

/** What a change does, in whole. */
export async function pressShow(deps: Deps, received: unknown): Promise<void> {
  await pressed(deps, readPress(received), ({ repo, change }, { user, once }, viewId) =>
    deps.intake.showChanges(
      { v: 1, repo, askedBy: user, viewId, what: { kind: 'effects', change } },
      actionIdOf('show', once, user, repo, change),
    ),
  );
}

async function pressed(
  deps: Deps,
  press: Press,
  ask: (button: OurButton, press: Press, viewId: string) => Promise<void>,
): Promise<void> {
  const button = ourButton(deps.repos, press.value);
  if (button === undefined) {
    await present(deps, press, changeStray('Change'));
    return;
  }
  const title = `Change ${button.change}`;
  const modals = {
    open: (_trigger: string, view: object) => present(deps, press, view),
    update: (id: string, view: object) => deps.modals.update(id, view),
  };
  await openWaiting(
    { modals, log: deps.log },
    {
      triggerId: press.triggerId,
      loading: changeWaiting(title),
      ask: (viewId) => ask(button, press, viewId),
      away: changeAway(title),
    },
  );
}
