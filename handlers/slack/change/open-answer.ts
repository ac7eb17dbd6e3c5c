import type { RepoName } from '../../../src/domain/ids.ts';
import { changeWaiting } from '../../../src/views/change/change-answer.ts';
import { changeAway, whichPlatform } from '../../../src/views/change/door-words.ts';
import type { HandlerDeps } from '../../ports.ts';
import { chosenRepo, openWaiting } from '../open-waiting.ts';

/** A command that is answered in a view. */
export interface Asked {
  readonly triggerId: string;
  /** The view's, at most 24 characters. */
  readonly title: string;
  /** Such as `/trunkline changes`. */
  readonly command: string;
  /** The platform repository that was typed; empty for the only one. */
  readonly named: string;
}

/** Opens a view at once and leaves to a job what is drawn into it. */
export async function openAnswer(
  deps: Pick<HandlerDeps, 'repos' | 'modals' | 'log'>,
  { triggerId, title, command, named }: Asked,
  ask: (repo: RepoName, viewId: string) => Promise<void>,
): Promise<void> {
  const repo = chosenRepo(deps.repos, named);
  if (repo === undefined) {
    await deps.modals.open(triggerId, whichPlatform(title, command, deps.repos));
    return;
  }
  await openWaiting(deps, {
    triggerId,
    loading: changeWaiting(title),
    ask: (viewId) => ask(repo, viewId),
    away: changeAway(title),
  });
}
