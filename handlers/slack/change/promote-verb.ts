import { commandMistake } from '../../../src/views/change/door-words.ts';
import type { Reading, Verb } from '../invocation.ts';
import { requestIdOf } from '../request-id-of.ts';
import { openAnswer } from './open-answer.ts';
import { readWords } from './read-words.ts';

const command = '/trunkline promote';
const title = 'Promote';
const longestWord = 100;
const mostWords = 50;

/** Promotes a version; without one, a form asks which, and where. */
export const PROMOTE: Verb = {
  kind: 'reads',
  verb: 'promote',
  usage: `${command} [<version> [where…]]`,
  what: 'Opens a change that brings a released version to production: everywhere, or where you say. Without a version it asks.',
  who: 'every full member, unless the policy names groups',
  read: readPromote,
};

function readPromote(rest: string): Reading {
  const { named, words } = readWords(rest);
  const [tag, ...where] = words;
  if (tag === undefined) return opensForm(named);
  if (tag.length > 250 || where.length > mostWords || where.some((word) => word.length > longestWord)) {
    const right = `${command} <version> [where…]`;
    return {
      kind: 'mistake',
      answer: commandMistake('That is too long.', right, `${command} v0.0.3 aws prod`),
    };
  }
  return {
    kind: 'open',
    open: (deps, { user, triggerId }) =>
      openAnswer(deps, { triggerId, title, command, named }, (repo, viewId) =>
        deps.intake.promote({
          v: 1,
          repo,
          requestId: requestIdOf(triggerId, JSON.stringify({ repo, tag, where })),
          askedBy: user,
          askedAt: deps.now(),
          tag,
          where,
          viewId,
        }),
      ),
  };
}

function opensForm(named: string): Reading {
  return {
    kind: 'open',
    open: (deps, { user, triggerId }) =>
      openAnswer(deps, { triggerId, title, command, named }, (repo, viewId) =>
        deps.intake.showChanges({ v: 1, repo, askedBy: user, viewId, what: { kind: 'promote' } }),
      ),
  };
}
