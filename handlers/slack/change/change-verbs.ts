import type { ChangeWish, ShowChangesPayload } from '../../../jobs/change/payloads.ts';
import { commandMistake } from '../../../src/views/change/door-words.ts';
import type { HelpEntry } from '../../../src/views/help.ts';
import type { Reading, Verb } from '../invocation.ts';
import { actionIdOf } from './action-id-of.ts';
import { openAnswer } from './open-answer.ts';
import { readChangeNumber, readWords } from './read-words.ts';

const longestReason = 1_000;
const operators = 'every full member, unless the policy names groups';

/** The verbs about changes; the words are read here, all else is for the job. */
export const CHANGE_VERBS: readonly Verb[] = [
  shows('changes', 'Changes', { kind: 'all' }, 'Lists the open changes, and what each waits for.'),
  {
    kind: 'reads',
    verb: 'change',
    usage: '/trunkline change <number>',
    what: 'Shows one change: what it does, who approved, what it waits for, how it ended.',
    who: 'every full member',
    read: readChange,
  },
  wishes({
    verb: 'hold',
    usage: '/trunkline hold <change> [reason]',
    what: 'Keeps one change from merging until the hold is lifted.',
    who: operators,
    example: '/trunkline hold 12 waiting for the database team',
    reason: 'may',
    wish: (reason) => ({ kind: 'hold', reason: reason === '' ? 'no reason given' : reason }),
  }),
  wishes({
    verb: 'unhold',
    usage: '/trunkline unhold <change>',
    what: 'Lifts the hold of a change.',
    who: operators,
    example: '/trunkline unhold 12',
    reason: 'none',
    wish: () => ({ kind: 'unhold' }),
  }),
  wishes({
    verb: 'override',
    usage: '/trunkline override <change> <reason>',
    what: 'Asks to merge an approved change in an emergency, past windows, freezes and waves; a second person confirms.',
    who: 'whom the policy names; nobody unless it does',
    example: '/trunkline override 12 customers cannot pay',
    reason: 'must',
    wish: (reason) => ({ kind: 'override', reason }),
  }),
  wishes({
    verb: 'withdraw',
    usage: '/trunkline withdraw <change>',
    what: 'Ends a change that is not merged, and closes its pull requests.',
    who: 'whoever asked for it, and operators of changes',
    example: '/trunkline withdraw 12',
    reason: 'none',
    wish: () => ({ kind: 'withdraw' }),
  }),
  shows(
    'doctor',
    'Doctor',
    { kind: 'doctor' },
    'Looks at the installation, and says what is missing and how to mend it.',
  ),
];

function shows(verb: string, title: string, what: ShowChangesPayload['what'], does: string): Verb {
  const command = `/trunkline ${verb}`;
  return {
    kind: 'opens',
    verb,
    usage: `${command} [owner/name]`,
    what: does,
    who: 'every full member',
    open: (deps, { user, triggerId, rest }) =>
      openAnswer(deps, { triggerId, title, command, named: rest }, (repo, viewId) =>
        deps.intake.showChanges({ v: 1, repo, askedBy: user, viewId, what }),
      ),
  };
}

function readChange(rest: string): Reading {
  const command = '/trunkline change';
  const { named, words } = readWords(rest);
  const change = readChangeNumber(words[0]);
  if (change === undefined || words.length > 1) {
    const wrong = words.length === 0 ? 'Which change?' : 'That is no number of a change.';
    return {
      kind: 'mistake',
      answer: commandMistake(wrong, `${command} <number>`, `${command} 12`),
    };
  }
  return {
    kind: 'open',
    open: (deps, { user, triggerId }) =>
      openAnswer(deps, { triggerId, title: `Change ${change}`, command, named }, (repo, viewId) =>
        deps.intake.showChanges({ v: 1, repo, askedBy: user, viewId, what: { kind: 'one', change } }),
      ),
  };
}

interface WishVerb extends HelpEntry {
  readonly verb: string;
  readonly example: string;
  readonly reason: 'none' | 'may' | 'must';
  wish(reason: string): ChangeWish;
}

function wishes({ verb, usage, what, who, ...more }: WishVerb): Verb {
  return {
    kind: 'reads',
    verb,
    usage,
    what,
    who,
    read: (rest) => readWish({ verb, usage, what, who, ...more }, rest),
  };
}

function readWish({ verb, usage, example, reason: needs, wish }: WishVerb, rest: string): Reading {
  const mistake = (wrong: string): Reading => ({
    kind: 'mistake',
    answer: commandMistake(wrong, usage, example),
  });
  const { named, words } = readWords(rest);
  const [number, ...others] = words;
  if (number === undefined) return mistake('Which change?');
  const change = readChangeNumber(number);
  if (change === undefined) return mistake('That is no number of a change.');
  const reason = others.join(' ');
  if (needs === 'none' && reason !== '') return mistake('Nothing follows the number here.');
  if (needs === 'must' && reason === '') return mistake('It needs a reason, which is recorded.');
  if (reason.length > longestReason) return mistake(`A reason has at most ${longestReason} characters.`);
  return {
    kind: 'open',
    open: (deps, { user, triggerId }) =>
      openAnswer(
        deps,
        { triggerId, title: `Change ${change}`, command: `/trunkline ${verb}`, named },
        (repo, viewId) =>
          deps.intake.changeIntent({
            v: 1,
            repo,
            actionId: actionIdOf(verb, triggerId, user, repo, change),
            by: { slack: user },
            askedAt: deps.now(),
            change,
            via: 'slack',
            wish: wish(reason),
            answer: { kind: 'view', viewId },
          }),
      ),
  };
}
