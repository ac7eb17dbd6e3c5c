import type { ChangeSheet } from '../../domain/change/sheet.ts';
import { people, type Sentence, who } from './sentence.ts';

/** Loud, and above all else: something was merged that was not approved here. */
export function alarmWords({ parts }: Pick<ChangeSheet, 'parts'>): Sentence | undefined {
  const past = parts.filter(({ state }) => state === 'merged-unapproved');
  if (past.length === 0) return undefined;
  const links = past
    .flatMap(({ pull }) => (pull === undefined ? [] : [pull]))
    .slice(0, 10)
    .flatMap(
      ({ url, number }, index): Sentence => [
        index === 0 ? ' ' : ', ',
        { kind: 'link', url, text: `#${number}` },
      ],
    );
  return [
    '🚨 ',
    { kind: 'bold', text: 'MERGED UNAPPROVED:' },
    ...links,
    ' was merged past Trunkline. Please find out why, and review it now.',
  ];
}

/** How a change ended; undefined while it is open. */
export function outcomeWords(sheet: ChangeSheet): Sentence | undefined {
  const by: Sentence = sheet.endedBy === undefined ? [] : [' by ', who(sheet.endedBy)];
  switch (sheet.state) {
    case 'open':
      return undefined;
    case 'done':
      return doneWords(sheet);
    case 'withdrawn':
      return ['⚪ Withdrawn', ...by, '. What was not merged stays as it is.'];
    case 'superseded':
      return sheet.supersededBy === undefined
        ? ['⚪ Superseded by a newer change.']
        : [`⚪ Superseded by change ${sheet.supersededBy}.`];
    case 'expired':
      return ['⚪ Expired: it was not merged in time. Ask for it anew if it is still wanted.'];
  }
}

function doneWords({ parts, kind }: ChangeSheet): Sentence {
  const merged = parts.filter(({ state }) => state === 'merged');
  if (merged.length === 0)
    return parts.some(({ state }) => state === 'merged-unapproved')
      ? ['Done, without approval.']
      : ['✅ Done.'];
  const given = merged.flatMap(({ tally }) => tally?.given ?? []);
  const refs = new Map(given.map(({ by }) => [`${by.slack} ${by.login}`, by]));
  // One person is enough at night; the others look at it by day.
  const review = kind === 'back' ? [' Please review it afterwards.'] : [];
  if (refs.size === 0) return ['✅ Merged.', ...review];
  return ['✅ Merged by approval of ', ...people([...refs.values()]), '.', ...review];
}
