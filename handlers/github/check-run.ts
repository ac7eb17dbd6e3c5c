import type { RepoName } from '../../src/domain/ids.ts';
import type { Intake } from '../ports.ts';

/**
 * The part of a check run's events that matters here.
 * https://docs.github.com/webhooks/webhook-events-and-payloads#check_run
 */
export interface CheckRunEvent {
  readonly action: string;
  readonly repository: { readonly full_name: string };
  readonly check_run: {
    readonly name: string;
    /** Those from this repository whose head it is; none for a fork's, which the sweep finds. */
    readonly pull_requests: readonly ({ readonly number: number } | null)[];
  };
}

/** Our own: that it completed is no news. */
const OWN_NAME = 'change-approval';

/** A check that completed may be the last that a merge waited for; whoever asks ours to run again wants it looked at. */
export async function checkRunChanged(
  intake: Pick<Intake, 'lookAtPull'>,
  repo: RepoName,
  { action, check_run: run }: CheckRunEvent,
): Promise<void> {
  if (run.name === OWN_NAME ? action !== 'rerequested' : action !== 'completed') return;
  const numbers = new Set(run.pull_requests.flatMap((pull) => (pull ? [pull.number] : [])));
  await Promise.all([...numbers].map((number) => intake.lookAtPull(repo, number)));
}
