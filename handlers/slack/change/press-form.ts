import { changeWaiting } from '../../../src/views/change/change-answer.ts';
import { changeAway, changeStray } from '../../../src/views/change/door-words.ts';
import { externalNumberForm } from '../../../src/views/change/external-number-form.ts';
import { decodePromoteButton } from '../../../src/views/change/promote-button.ts';
import { rejectForm } from '../../../src/views/change/reject-form.ts';
import type { HandlerDeps } from '../../ports.ts';
import { knowledge } from '../knowledge.ts';
import { openWaiting } from '../open-waiting.ts';
import { repoOf } from '../repo-of.ts';
import { present, readPress } from './press.ts';
import { ourButton } from './press-change.ts';

/** Longest to wait for the policy, in milliseconds; a trigger lives 3 s in all. */
const PATIENCE_MS = 800;

/** Asks why a change is rejected. */
export async function pressReject(
  deps: Pick<HandlerDeps, 'repos' | 'modals'>,
  received: unknown,
): Promise<void> {
  const press = readPress(received);
  const button = ourButton(deps.repos, press.value);
  await present(deps, press, button ? rejectForm(button) : changeStray('Change'));
}

/** Asks for a change's number in another system, by the policy's name for it where that is at hand. */
export async function pressExternalNumber(
  deps: Pick<HandlerDeps, 'repos' | 'modals' | 'snapshots' | 'marks' | 'now' | 'sleep'>,
  received: unknown,
): Promise<void> {
  const press = readPress(received);
  const button = ourButton(deps.repos, press.value);
  if (button === undefined) {
    await present(deps, press, changeStray('Change'));
    return;
  }
  const understood = (await knowledge(deps, button.repo, PATIENCE_MS))?.understanding;
  const rule = understood?.kind === 'ok' ? understood.policy.changes.externalNumber : undefined;
  await present(deps, press, externalNumberForm(button, rule));
}

/** Asks where the release under whose announcement the button stands is promoted to. */
export async function pressPromote(
  deps: Pick<HandlerDeps, 'repos' | 'modals' | 'intake' | 'log'>,
  received: unknown,
): Promise<void> {
  const { user, triggerId, value } = readPress(received);
  const button = decodePromoteButton(value);
  const repo = button && repoOf(deps.repos, button.repo);
  const title = 'Promote';
  if (!button || !repo) {
    await deps.modals.open(triggerId, changeStray(title));
    return;
  }
  const what = { kind: 'promote', tag: button.tag } as const;
  await openWaiting(deps, {
    triggerId,
    loading: changeWaiting(title),
    ask: (viewId) => deps.intake.showChanges({ v: 1, repo, askedBy: user, viewId, what }),
    away: changeAway(title),
  });
}
