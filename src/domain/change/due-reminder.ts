import type { Gate, GateKind } from './gates.ts';

const HOUR_MS = 60 * 60 * 1000;

/** What somebody must do something about; the rest opens with time, or by what is under way already. */
const NEEDS_SOMEBODY: readonly GateKind[] = [
  'ledger-damaged',
  'draft',
  'conflict',
  'wrong-base',
  'tag-missing',
  'already-runs',
  'external-number',
  'rejected',
  'no-approvers',
  'approvals',
  'held',
  'go',
  'review',
  'superseded',
];

export interface ReminderFacts {
  /** ISO 8601. */
  readonly openedAt: string;
  readonly isEnded: boolean;
  /** Per pull request that is open, what it waits for. */
  readonly open: readonly (readonly Gate[])[];
  /** By the policy: hours from one to the next. */
  readonly everyHours: number;
  /** Milliseconds since the epoch by GitHub's clock. */
  readonly now: number;
}

/**
 * Which reminder of a change is due, counted from 1: one for each span of the policy that it has waited for somebody.
 * Those that were missed meanwhile are not made up for; undefined when none is due.
 */
export function dueReminder({ openedAt, isEnded, open, everyHours, now }: ReminderFacts): number | undefined {
  const waits = open.some((gates) => gates.some(({ kind }) => NEEDS_SOMEBODY.includes(kind)));
  if (isEnded || !waits) return undefined;
  const number = Math.floor((now - Date.parse(openedAt)) / (everyHours * HOUR_MS));
  return number >= 1 ? number : undefined;
}
