import type { RepoName } from '../../../src/domain/ids.ts';
import { decodeRequestButton, type RequestButton } from '../../../src/views/request/request-buttons.ts';
import { standingAway, standingStray, standingWaiting } from '../../../src/views/request/standing-answer.ts';
import type { HandlerDeps } from '../../ports.ts';
import { readPress } from '../change/press.ts';
import { openWaiting } from '../open-waiting.ts';
import { repoOf } from '../repo-of.ts';

/** Opens the form of a request that stands; a job fills it in with what the request asks for now. */
export async function pressChange(
  deps: Pick<HandlerDeps, 'repos' | 'modals' | 'intake' | 'log'>,
  received: unknown,
): Promise<void> {
  const { user, triggerId, value } = readPress(received);
  const button = ourRequest(deps.repos, value);
  if (button === undefined) {
    await deps.modals.open(triggerId, standingStray());
    return;
  }
  const { repo, number } = button;
  await openWaiting(deps, {
    triggerId,
    loading: standingWaiting(),
    ask: (viewId) => deps.intake.showRequestForm({ v: 1, repo, number, askedBy: user, viewId }),
    away: standingAway(),
  });
}

/** The request that a button names; undefined for anything that is none of a platform of ours. */
export function ourRequest(
  repos: readonly RepoName[],
  value: string,
): (RequestButton & { readonly repo: RepoName }) | undefined {
  const button = decodeRequestButton(value);
  const repo = button && repoOf(repos, button.repo);
  return button && repo ? { ...button, repo } : undefined;
}
