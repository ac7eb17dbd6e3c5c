import type { Change, GivenApproval } from './change.ts';
import type { Deed, LedgerRecord, PersonRef } from './record.ts';

/**
 * Tells every change by its records, in their order. A deed about a change that was never opened is nothing.
 *
 * @returns number -> change.
 */
export function changesOf(records: readonly LedgerRecord[]): ReadonlyMap<number, Change> {
  const changes = new Map<number, Change>();
  for (const record of records) {
    const { deed } = record;
    if (!('change' in deed)) continue;
    const known = changes.get(deed.change);
    if (deed.kind === 'opened') {
      if (known === undefined) changes.set(deed.change, opened(deed, record.at));
    } else if (known !== undefined) changes.set(deed.change, after(known, deed, record));
  }
  return changes;
}

/** The number of the change that would be opened next. */
export function nextChangeNumber(records: readonly LedgerRecord[]): number {
  return records.reduce((most, { deed }) => ('change' in deed ? Math.max(most, deed.change) : most), 0) + 1;
}

type Opened = Extract<Deed, { kind: 'opened' }>;
type Later = Exclude<Extract<Deed, { change: number }>, Opened>;

function opened(deed: Opened, at: string): Change {
  return {
    number: deed.change,
    what: deed.what,
    requester: deed.requester,
    openedAt: at,
    places: deed.places,
    pull: deed.pull,
    externalNumber: deed.externalNumber,
    approvals: [],
    rejections: [],
    hold: undefined,
    go: undefined,
    override: undefined,
    merged: [],
    applied: new Map(),
    ended: undefined,
  };
}

function after(change: Change, deed: Later, { id, at }: LedgerRecord): Change {
  switch (deed.kind) {
    case 'approved': {
      const { by, subjects, via } = deed;
      const given: GivenApproval = { id, by, at, subjects, via };
      return { ...change, approvals: [...without(change.approvals, by), given] };
    }
    case 'rejected': {
      const { by, reason, subjects } = deed;
      return {
        ...change,
        // Nobody can be for and against it at once.
        approvals: without(change.approvals, by),
        rejections: [...without(change.rejections, by), { by, reason, subjects, at }],
      };
    }
    case 'taken-back':
      return {
        ...change,
        approvals: without(change.approvals, deed.by),
        rejections: without(change.rejections, deed.by),
      };
    case 'held':
      return { ...change, hold: { by: deed.by, reason: deed.reason } };
    case 'hold-lifted':
      return { ...change, hold: undefined };
    case 'externally-numbered':
      return { ...change, externalNumber: deed.externalNumber };
    case 'go':
      return { ...change, go: { by: deed.by, subjects: deed.subjects } };
    case 'override-asked':
      return { ...change, override: { by: deed.by, reason: deed.reason, confirmedBy: undefined, at } };
    case 'override-confirmed':
      return confirmed(change, deed.by);
    case 'merged': {
      const { pull, commit, past, subject, approvedBy, last } = deed;
      const merged = { pull, commit, at, past, isUnapproved: past !== undefined, approvedBy, subject };
      const done = { why: 'done', by: undefined, supersededBy: undefined, at } as const;
      return {
        ...change,
        merged: [...change.merged.filter((known) => known.pull !== pull), merged],
        ended: change.ended ?? (last ? done : undefined),
      };
    }
    case 'applied': {
      const { pull, outcome } = deed;
      const times = (change.applied.get(pull)?.times ?? 0) + 1;
      return { ...change, applied: new Map(change.applied).set(pull, { outcome, at, times }) };
    }
    case 'ended': {
      const { why, by, supersededBy } = deed;
      return { ...change, ended: change.ended ?? { why, by, supersededBy, at } };
    }
  }
}

function confirmed(change: Change, by: PersonRef): Change {
  const { override } = change;
  if (override === undefined || sharesAccount(override.by, by)) return change;
  return { ...change, override: { ...override, confirmedBy: override.confirmedBy ?? by } };
}

function without<Given extends { readonly by: PersonRef }>(
  given: readonly Given[],
  by: PersonRef,
): readonly Given[] {
  return given.filter((one) => !sharesAccount(one.by, by));
}

/** Whether two refs name an account in common. */
export function sharesAccount(one: PersonRef, other: PersonRef): boolean {
  return (
    (one.slack !== undefined && one.slack === other.slack) ||
    (one.login !== undefined && one.login === other.login)
  );
}
