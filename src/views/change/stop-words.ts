import type { ChangeSheet } from '../../domain/change/sheet.ts';
import { cleanLine } from '../../domain/form/clean-text.ts';
import { clip } from '../clip.ts';
import { type Sentence, typed, when, who } from './sentence.ts';

/** What people have said that stops a change, lets it past, or is still to be given. */
export function stopLines(sheet: ChangeSheet): readonly Sentence[] {
  return [...stoppedLines(sheet), ...stillLines(sheet)];
}

/** What stops a change, or lets it past what would: nobody should overlook it. */
export function stoppedLines(sheet: ChangeSheet): readonly Sentence[] {
  const { damage, rejection, hold, freeze, override } = sheet;
  return [
    ...(damage > 0
      ? [['🔴 The ledger is damaged: nothing can be approved. /trunkline doctor says what is wrong.']]
      : []),
    ...(override === undefined ? [] : [overrideWords(override)]),
    ...(rejection === undefined
      ? []
      : [['⛔ Rejected by ', who(rejection.by), `: ${typed(rejection.reason)}`]]),
    ...(hold === undefined ? [] : [['✋ Held by ', who(hold.by), `: ${typed(hold.reason)}`]]),
    ...(freeze === undefined
      ? []
      : [
          [
            '🧊 Production is frozen',
            ...(freeze.until === undefined ? [] : [' until ', when(freeze.until)]),
            `: ${typed(freeze.reason)}`,
          ],
        ]),
  ];
}

/** What is to be seen of a change also when it is over: the emergency that let it past, its number elsewhere. */
export function lastingLines(sheet: ChangeSheet): readonly Sentence[] {
  const { override, externalNumber } = sheet;
  return [
    ...(override?.confirmedBy === undefined ? [] : [overrideWords(override)]),
    ...(externalNumber === undefined ? [] : [numberWords(sheet)]),
  ];
}

/** When it may merge, and what is still to be given. */
export function stillLines(sheet: ChangeSheet): readonly Sentence[] {
  const { externalName, externalNumber, needsGo, go } = sheet;
  return [
    ...(sheet.opensAt === undefined ? [] : [windowWords(sheet.opensAt, sheet.zone)]),
    ...(externalName === undefined && externalNumber === undefined ? [] : [numberWords(sheet)]),
    ...(go !== undefined
      ? [['Go given by ', who(go), '.']]
      : needsGo
        ? [['It needs a Go in the window.']]
        : []),
  ];
}

function numberWords({ externalName, externalNumber }: ChangeSheet): Sentence {
  const given = externalNumber === undefined ? 'still to be given' : clip(cleanLine(externalNumber), 100);
  return [`${clip(cleanLine(externalName ?? 'Number'), 40)}: ${given}`];
}

function overrideWords({ by, reason, confirmedBy }: NonNullable<ChangeSheet['override']>): Sentence {
  const head: Sentence = ['🚨 ', { kind: 'bold', text: 'Emergency override' }, ' by ', who(by)];
  return confirmedBy === undefined
    ? [...head, `: ${typed(reason)} A second person must confirm it.`]
    : [...head, ', confirmed by ', who(confirmedBy), `: ${typed(reason)}`];
}

function windowWords(opensAt: string, zone: string): Sentence {
  const there = zonedText(opensAt, zone);
  return ['Merges from ', when(opensAt), ...(there === undefined ? [] : [` (${there})`]), ' on.'];
}

/** `09:00 in Europe/London`; undefined where the zone or the time cannot be read. */
function zonedText(at: string, zone: string): string | undefined {
  try {
    const time = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hour: '2-digit',
      minute: '2-digit',
    }).format(new Date(at));
    return `${time} in ${clip(cleanLine(zone), 50)}`;
  } catch {
    return undefined;
  }
}
