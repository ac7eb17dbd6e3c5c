import { currentFreeze } from '../../src/domain/change/freeze-of.ts';
import type { ChangeSheet, NonProduction, PartSheet, PartState } from '../../src/domain/change/sheet.ts';
import type { Tally } from '../../src/domain/change/tally.ts';
import { parseTitle } from '../../src/domain/convention.ts';
import type { ChangeScene, Part } from './scene.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What people are shown of a change. */
export function sheetOf(scene: ChangeScene, nonProduction?: NonProduction, rolloutUrl?: string): ChangeSheet {
  const { repo, change, known, ledger, facts } = scene;
  const { what, ended } = change;
  const { changes } = known.policy;
  const parts = scene.parts.map((part) => partOf(part, scene));
  const gates = parts.flatMap((part) => part.gates);
  const promotion = what.kind === 'promotion' ? what : undefined;
  return {
    repo,
    number: change.number,
    kind: promotion === undefined ? 'other' : promotion.back ? 'back' : 'promotion',
    title: titleOf(scene),
    state: ended?.why ?? 'open',
    tag: promotion?.tag,
    automatic: promotion?.automatic ?? false,
    requester: change.requester,
    openedAt: change.openedAt,
    expiresAt: new Date(Date.parse(change.openedAt) + changes.expireAfterDays * DAY_MS).toISOString(),
    parts,
    nonProduction,
    externalNumber: change.externalNumber,
    externalName: changes.externalNumber?.name,
    hold: change.hold,
    freeze: currentFreeze(ledger.records, changes.freezes, facts.at),
    rejection: gates.find((gate) => gate.kind === 'rejected'),
    override: change.override,
    go: change.go?.by,
    needsGo: changes.go,
    opensAt: gates.find((gate) => gate.kind === 'window')?.opensAt,
    zone: changes.windows[0]?.zone ?? 'UTC',
    supersededBy: ended?.supersededBy,
    endedBy: ended?.by,
    damage: ledger.damage.length,
    rolloutUrl,
  };
}

function titleOf({ change, parts }: ChangeScene): string {
  const [first] = parts.flatMap(({ pull }) => pull ?? []);
  const { what } = change;
  if (what.kind === 'promotion' && parts.length !== 1) {
    return `promote ${what.tag} to ${parts.map(({ place }) => place ?? '').join(', ')}`;
  }
  if (first !== undefined) return parseTitle(first.title)?.subject ?? first.title;
  return what.kind === 'promotion' ? `promote ${what.tag}` : `change of #${change.pull ?? '?'}`;
}

function partOf(part: Part, { change }: ChangeScene): PartSheet {
  const { place, wave, pull, subject, risk, tally, gates } = part;
  return {
    place,
    wave,
    state: stateOf(part, change),
    pull: pull && { number: pull.number, url: pull.url, title: pull.title },
    subject: subject ?? change.merged.find((each) => each.pull === pull?.number)?.subject,
    risk,
    tally: tally ?? agreedTally(part, change),
    gates,
  };
}

function stateOf({ pull }: Part, { merged }: ChangeScene['change']): PartState {
  if (pull === undefined) return 'to-come';
  if (pull.state === 'merged') {
    const record = merged.find((each) => each.pull === pull.number);
    return record?.isUnapproved ? 'merged-unapproved' : 'merged';
  }
  if (pull.state === 'closed') return 'closed';
  return pull.isInMergeQueue ? 'merging' : 'open';
}

/** Who had agreed to what was merged, by the record of the merge. */
function agreedTally({ pull }: Part, { merged }: ChangeScene['change']): Tally | undefined {
  const record = merged.find((each) => each.pull === pull?.number);
  if (record === undefined || record.isUnapproved) return undefined;
  const given = record.approvedBy.map((by) => ({ by, at: record.at, groups: [] }));
  return {
    needed: given.length,
    given,
    void: [],
    missing: [],
    eligible: 0,
    candidates: [],
    groups: [],
    isEnough: true,
  };
}
