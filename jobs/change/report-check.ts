import type { OwnCheck, PullFacts } from '../../src/domain/change/pull-facts.ts';
import type { ChangeRepository } from './change-ports.ts';

/** `waits` keeps a pull request from merging, where a rule requires the check. */
export type CheckVerdict = 'passes' | 'waits' | 'refused';

/**
 * Brings the check of a pull request's head up to a verdict; nothing is written where it says this already.
 *
 * @returns the check as it stands then.
 */
export async function reportCheck(
  changes: Pick<ChangeRepository, 'reportCheck'>,
  { repo, head, ownCheck }: Pick<PullFacts, 'repo' | 'head' | 'ownCheck'>,
  verdict: CheckVerdict,
  { title, summary }: { readonly title: string; readonly summary: string },
): Promise<OwnCheck> {
  const status = verdict === 'waits' ? 'in_progress' : 'completed';
  const conclusion = { passes: 'success', waits: undefined, refused: 'failure' }[verdict] as
    | 'success'
    | 'failure'
    | undefined;
  const stands =
    ownCheck?.status === status && ownCheck.conclusion === conclusion && ownCheck.title === title;
  if (stands) return ownCheck;
  // GitHub does not take a run back that was completed: a new one takes its place.
  const old = ownCheck?.status === 'completed' && verdict === 'waits' ? undefined : ownCheck?.id;
  const report = { repo, head, id: old, status, conclusion, title, summary, detailsUrl: undefined } as const;
  return { id: await changes.reportCheck(report), status, conclusion, title };
}
