import type { FreezePayload } from '../../../jobs/change/payloads.ts';
import { commandMistake } from '../../../src/views/change/door-words.ts';
import type { Reading, Verb } from '../invocation.ts';
import { actionIdOf } from './action-id-of.ts';
import { openAnswer } from './open-answer.ts';
import { type FreezeWords, readFreeze } from './read-freeze.ts';
import { readWords } from './read-words.ts';

const usage = '/trunkline freeze <reason> [until <YYYY-MM-DD[ HH:MM]>]';
const example = '/trunkline freeze year-end closing until 2027-01-04 08:00';
const who = 'every full member, unless the policy names groups';

/** The verbs that stop all merging into production, and let it go on. */
export const FREEZE_VERBS: readonly Verb[] = [
  {
    kind: 'reads',
    verb: 'freeze',
    usage,
    what: 'Lets nothing merge into production until the time in UTC, or until it is lifted. Approving stays possible.',
    who,
    read: (rest) => {
      const { named, words } = readWords(rest);
      const read = readFreeze(words);
      if (read.kind !== 'ok')
        return { kind: 'mistake', answer: commandMistake(wrongWith(read), usage, example) };
      const { reason, until } = read;
      return opens('freeze', named, { kind: 'freeze', reason, ...(until === undefined ? {} : { until }) });
    },
  },
  {
    kind: 'reads',
    verb: 'unfreeze',
    usage: '/trunkline unfreeze [owner/name]',
    what: 'Lifts the freeze that somebody asked for here; those of the policy file stay.',
    who,
    read: (rest) => {
      const { named, words } = readWords(rest);
      if (words.length === 0) return opens('unfreeze', named, { kind: 'unfreeze' });
      const right = '/trunkline unfreeze';
      return { kind: 'mistake', answer: commandMistake('Nothing follows it.', right, right) };
    },
  },
];

function opens(verb: string, named: string, wish: FreezePayload['wish']): Reading {
  return {
    kind: 'open',
    open: (deps, { user, triggerId }) =>
      openAnswer(deps, { triggerId, title: 'Freeze', command: `/trunkline ${verb}`, named }, (repo, viewId) =>
        deps.intake.freeze({
          v: 1,
          repo,
          actionId: actionIdOf(verb, triggerId, user, repo),
          askedBy: user,
          askedAt: deps.now(),
          wish,
          viewId,
        }),
      ),
  };
}

function wrongWith(read: Exclude<FreezeWords, { kind: 'ok' }>): string {
  switch (read.kind) {
    case 'no-reason':
      return 'A freeze needs a reason, which everybody reads.';
    case 'too-long':
      return 'A reason has at most 1,000 characters.';
    case 'bad-time':
      return 'What follows “until” is no time in UTC.';
  }
}
