import type { RepoName } from '../../src/domain/ids.ts';
import type { HandlerDeps } from '../ports.ts';
import { repoOf } from './repo-of.ts';

export interface Waiting {
  readonly triggerId: string;
  /** What stands while the facts are gathered. */
  readonly loading: object;
  /** Asks for them; what comes of it is drawn into the view. */
  ask(viewId: string): Promise<void>;
  /** What stands when they cannot be asked for. */
  readonly away: object;
}

/** Opens a view at once, for a trigger lives 3 s, and leaves it to a job to fill it. */
export async function openWaiting(
  { modals, log }: Pick<HandlerDeps, 'modals' | 'log'>,
  { triggerId, loading, ask, away }: Waiting,
): Promise<void> {
  const viewId = await modals.open(triggerId, loading);
  try {
    await ask(viewId);
  } catch (error) {
    log.warn({ err: error, viewId }, 'failed to ask for what a view shows');
    await modals.update(viewId, away);
  }
}

/** The repository that is named, or the only one; undefined when it is none of ours, or there is a choice to make. */
export function chosenRepo(repos: readonly RepoName[], named: string): RepoName | undefined {
  if (named === '') return repos.length === 1 ? repos[0] : undefined;
  return repoOf(repos, named);
}
