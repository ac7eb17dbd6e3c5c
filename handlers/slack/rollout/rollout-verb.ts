import { askedRollout } from '../../../src/domain/rollout/asked-rollout.ts';
import { commandMistake } from '../../../src/views/change/door-words.ts';
import { openAnswer } from '../change/open-answer.ts';
import { readWords } from '../change/read-words.ts';
import type { Verb } from '../invocation.ts';

const command = '/trunkline rollout';
const longest = 250;

/** Shows how far a version, or a pull request, has come. */
export const ROLLOUT: Verb = {
  kind: 'reads',
  verb: 'rollout',
  usage: `${command} [version or #pull request]`,
  what: 'Shows how far a version, or a merged pull request, has come on every cluster; without one, the latest.',
  who: 'every full member',
  read(rest) {
    const { named, words } = readWords(rest);
    const [word = ''] = words;
    if (words.length > 1 || word.length > longest) {
      return {
        kind: 'mistake',
        answer: commandMistake(
          'One version or pull request at a time.',
          `${command} [version or #number]`,
          `${command} v0.0.3`,
        ),
      };
    }
    return {
      kind: 'open',
      open: (deps, { user, triggerId }) =>
        openAnswer(deps, { triggerId, title: 'Rollout', command, named }, (repo, viewId) =>
          deps.intake.showRollout({ v: 1, repo, askedBy: user, viewId, asked: askedRollout(word) }),
        ),
    };
  },
};
