import type { Expected } from '../../../src/domain/rollout/expected.ts';
import { isApplied } from '../../../src/domain/rollout/kustomization-state.ts';
import type { GitSource, KustomizationStatus } from '../../../src/domain/rollout/objects.ts';
import { parseRevision } from '../../../src/domain/rollout/revision.ts';
import { commit, condition, kustomization, source } from './samples.ts';

const promotion: Expected = { kind: 'tag', tag: 'v2', commit: commit('b') };
const merge: Expected = { kind: 'commit', commit: commit('e'), descendants: new Set([commit('f')]) };
const release = source('v2@b');

describe('applied', () => {
  it.each<[string, KustomizationStatus, GitSource, Expected, boolean]>([
    ['at the tag and the approved commit', kustomization('v2@b'), release, promotion, true],
    [
      'at the tag as older clusters write it',
      kustomization('v2@b', { lastApplied: parseRevision(`v2/${commit('b')}`) }),
      release,
      promotion,
      true,
    ],
    [
      'at the approved commit without a tag',
      kustomization('v2@b', { lastApplied: parseRevision(`sha1:${commit('b')}`) }),
      release,
      promotion,
      false,
    ],
    ['only its source is there', kustomization('v1@a'), release, promotion, false],
    ['it is there, its source no longer', kustomization('v2@b'), source('v3@c'), promotion, false],
    [
      'not Ready',
      kustomization('v2@b', { ready: condition('Unknown', 'Progressing') }),
      release,
      promotion,
      false,
    ],
    ['never Ready', kustomization('v2@b', { ready: undefined }), release, promotion, false],
    ['another generation', kustomization('v2@b', { observedGeneration: 1 }), release, promotion, false],
    ['suspended', kustomization('v2@b', { suspended: true }), release, promotion, false],
    ['at the merge commit', kustomization('main@e'), source('main@e'), merge, true],
    ['at a descendant', kustomization('main@f'), source('main@f'), merge, true],
    ['at the merge commit, its source ahead', kustomization('main@e'), source('main@f'), merge, true],
    ['at the commit before', kustomization('main@d'), source('main@e'), merge, false],
    ['at a commit of which nothing is known', kustomization('main@c'), source('main@c'), merge, false],
    ['whatever the source holds', kustomization('v1@a'), source('v1@a'), { kind: 'current' }, true],
    ['behind what the source holds', kustomization('v1@a'), source('v2@b'), { kind: 'current' }, false],
    [
      'whatever the source holds, which is not its tag',
      kustomization('v1@a'),
      source('v1@a', { follows: { kind: 'tag', tag: 'v2' } }),
      { kind: 'current' },
      false,
    ],
  ])('%s: %#', (_name, status, itsSource, expected, applied) => {
    expect(isApplied(status, itsSource, expected)).toBe(applied);
  });
});
