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
    readonly external_id?: string | null | undefined;
    /** Those from this repository whose head it is; none for a fork's, which the sweep finds. */
    readonly pull_requests: readonly ({ readonly number: number } | null)[];
  };
  /** Which of its buttons was pressed. */
  readonly requested_action?: { readonly identifier?: string | undefined } | null | undefined;
  readonly sender: { readonly login: string; readonly type?: string | undefined };
}

/** Our own: that these completed is no news. */
const APPROVAL = 'change-approval';
const CONVENTIONS = 'conventions';

/** What the button of the check `conventions` is called in events. */
const MEND_TITLE = 'mend-title';

/**
 * A check that completed may be the last that a merge waited for; whoever asks ours to run again wants it looked at.
 *
 * @param delivery GitHub's id of the delivery; it stays when the delivery is repeated.
 */
export async function checkRunChanged(
  intake: Pick<Intake, 'lookAtPull' | 'lookAtConventions' | 'mendTitle'>,
  repo: RepoName,
  event: CheckRunEvent,
  delivery: string,
): Promise<void> {
  const { action, check_run: run } = event;
  if (run.name === CONVENTIONS && action !== 'completed')
    return conventionsAsked(intake, repo, event, delivery);
  if (run.name === APPROVAL ? action !== 'rerequested' : action !== 'completed') return;
  await Promise.all(numbersOf(event).map((number) => intake.lookAtPull(repo, number)));
}

function numbersOf({ check_run: run }: CheckRunEvent): readonly number[] {
  return [...new Set(run.pull_requests.flatMap((pull) => (pull ? [pull.number] : [])))];
}

async function conventionsAsked(
  intake: Pick<Intake, 'lookAtConventions' | 'mendTitle'>,
  repo: RepoName,
  event: CheckRunEvent,
  delivery: string,
): Promise<void> {
  const number = numberOf(event);
  const { action, requested_action: pressed, sender } = event;
  if (number === undefined) return;
  if (action === 'rerequested') return intake.lookAtConventions(repo, number, true);
  if (action !== 'requested_action' || pressed?.identifier !== MEND_TITLE || sender.type !== 'User') return;
  await intake.mendTitle({ v: 1, repo, number, actionId: delivery, by: sender.login });
}

/** The check bears its pull request's number, for several may have one head, and a fork's is not named. */
function numberOf({ check_run: run }: CheckRunEvent): number | undefined {
  const number = Number(/^#([1-9][0-9]{0,9}) /.exec(run.external_id ?? '')?.[1]);
  return Number.isNaN(number) ? undefined : number;
}
