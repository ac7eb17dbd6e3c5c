import type { PullFacts } from '../../src/domain/change/pull-facts.ts';
import type { ChangeRepository } from './change-ports.ts';

/** `waits` keeps a pull request from merging, where a rule requires the check. */
export type CheckVerdict = 'passes' | 'waits' | 'refused';

/** Brings the check of a pull request's head up to a verdict; nothing is written where it says this already. */
export async function reportCheck(
  changes: Pick<ChangeRepository, 'reportCheck'>,
  { repo, head, ownCheck }: Pick<PullFacts, 'repo' | 'head' | 'ownCheck'>,
  verdict: CheckVerdict,
  { title, summary }: { readonly title: string; readonly summary: string },
): Promise<void> {
  const status = verdict === 'waits' ? 'in_progress' : 'completed';
  const conclusion = { passes: 'success', waits: undefined, refused: 'failure' }[verdict] as
    | 'success'
    | 'failure'
    | undefined;
  const stands =
    ownCheck?.status === status && ownCheck.conclusion === conclusion && ownCheck.title === title;
  if (stands) return;
  // GitHub does not take a run back that was completed: a new one takes its place.
  const id = ownCheck?.status === 'completed' && verdict === 'waits' ? undefined : ownCheck?.id;
  await changes.reportCheck({ repo, head, id, status, conclusion, title, summary, detailsUrl: undefined });
}
