import type { ManagementView } from '../../../src/domain/rollout/objects.ts';
import { unknownCommits } from '../../../src/domain/rollout/unknown-commits.ts';
import {
  after,
  before,
  commit,
  kustomization,
  main,
  mgmt,
  plan,
  revision,
  source,
  start,
  view,
} from './samples.ts';

describe('the commits that git has to be asked about', () => {
  it.each<[string, ManagementView, readonly string[]]>([
    ['none where the merge itself is shown', view({ at: start, ...after }), []],
    ['the one before the merge', view({ at: start, ...before }), [commit('d')]],
    ['none that is known to come after it', view({ at: start, sources: [main('main@f')] }), []],
    [
      'what is tried and what is applied, each once',
      view({
        at: start,
        sources: [main('main@c'), source('v1@a')],
        kustomizations: [mgmt('main@d', { lastAttempted: revision('main@c') }), kustomization('v1@a')],
      }),
      [commit('c'), commit('d')],
    ],
    ['none of a cluster that it does not touch', view({ at: start, management: 'other', ...before }), []],
    [
      'none of a cluster that does not answer',
      { kind: 'silent', management: 'aws', at: start, since: start, why: 'no-answer' },
      [],
    ],
  ])('%s', (_name, seen, commits) => {
    expect(unknownCommits(plan(), seen).toSorted()).toEqual(commits);
  });
});
