import type { Freeze } from '../policy/change-sections.ts';
import { endOfFreeze, isFrozenAt } from './calendar.ts';
import type { LedgerRecord, PersonRef } from './record.ts';

export interface ActiveFreeze {
  readonly reason: string;
  /** ISO 8601; undefined until somebody lifts it. */
  readonly until: string | undefined;
  /** Undefined for one of the policy's. */
  readonly by: PersonRef | undefined;
}

/**
 * The freeze that holds now and lasts longest: by hand until it is lifted or over, or by the policy's dates, which
 * nobody lifts by hand.
 *
 * @param now milliseconds since the epoch by GitHub's clock.
 */
export function currentFreeze(
  records: readonly LedgerRecord[],
  freezes: readonly Freeze[],
  now: number,
): ActiveFreeze | undefined {
  const dated = freezes
    .filter((freeze) => isFrozenAt(freeze, now))
    .map((freeze) => ({
      reason: freeze.reason,
      until: new Date(endOfFreeze(freeze)).toISOString(),
      by: undefined,
    }));
  const active = [...byHand(records, now), ...dated];
  return active.toSorted((one, other) => endOf(other) - endOf(one))[0];
}

function byHand(records: readonly LedgerRecord[], now: number): readonly ActiveFreeze[] {
  const last = records.findLast(({ deed }) => deed.kind === 'frozen' || deed.kind === 'unfrozen')?.deed;
  if (last?.kind !== 'frozen') return [];
  const { by, reason, until } = last;
  const freeze = { by, reason, until };
  return endOf(freeze) > now ? [freeze] : [];
}

/** An end that is no time never comes. */
function endOf({ until }: ActiveFreeze): number {
  const end = until === undefined ? Number.NaN : Date.parse(until);
  return Number.isNaN(end) ? Number.MAX_SAFE_INTEGER : end;
}
