import { placeOfTurn, turnRollout } from '../../../src/domain/change/part-rollout.ts';
import type { Turn } from '../../../src/domain/change/record.ts';
import type { ManagementView } from '../../../src/domain/rollout/objects.ts';
import { commit, condition, helmRelease, kustomization, source, view } from '../rollout/samples.ts';

const turn: Turn = {
  source: 'providers/aws/v1/mgmt:flux-system/release',
  from: 'tag v1',
  running: commit('a'),
  to: 'tag v2',
  target: commit('b'),
};
const failed = { ready: condition('False', 'BuildFailed'), lastApplied: kustomization('v1@a').lastApplied };
const seen = (of: Partial<Parameters<typeof view>[0]>) => view({ at: 1, ...of });
const silent: ManagementView = { kind: 'silent', management: 'aws', at: 1, since: 0, why: 'no-answer' };

describe('how far a merged turn is', () => {
  it.each<[string, ManagementView, 'applied' | 'failed' | undefined]>([
    [
      'applied everywhere',
      seen({ sources: [source('v2@b')], kustomizations: [kustomization('v2@b')] }),
      'applied',
    ],
    [
      'the old version still',
      seen({ sources: [source('v1@a')], kustomizations: [kustomization('v1@a')] }),
      undefined,
    ],
    [
      'fetched and not applied',
      seen({ sources: [source('v2@b')], kustomizations: [kustomization('v1@a')] }),
      undefined,
    ],
    [
      'one of two',
      seen({
        sources: [source('v2@b')],
        kustomizations: [kustomization('v2@b'), kustomization('v1@a', { id: 'two/other' })],
      }),
      undefined,
    ],
    [
      'the tag at another commit',
      seen({ sources: [source('v2@c')], kustomizations: [kustomization('v2@c')] }),
      undefined,
    ],
    [
      'the commit under another tag',
      seen({ sources: [source('v3@b')], kustomizations: [kustomization('v3@b')] }),
      undefined,
    ],
    ['nothing that follows it', seen({ sources: [source('v2@b')] }), undefined],
    ['no source', seen({ kustomizations: [kustomization('v2@b')] }), undefined],
    ['a cluster that does not answer', silent, undefined],
    [
      'a HelmRelease that is not ready',
      seen({
        sources: [source('v2@b')],
        kustomizations: [kustomization('v2@b')],
        helmReleases: [helmRelease({ ready: condition('Unknown', 'Progressing') })],
      }),
      undefined,
    ],
    [
      'one that failed',
      seen({
        sources: [source('v2@b')],
        kustomizations: [kustomization('v2@b'), kustomization('v2@b', { id: 'two/other', ...failed })],
      }),
      'failed',
    ],
  ])('%s', (_what, shown, expected) => expect(turnRollout(turn, shown)).toBe(expected));

  it('is never known for what names no commit', () => {
    const shown = seen({ sources: [source('v2@b')], kustomizations: [kustomization('v2@b')] });
    expect(turnRollout({ ...turn, target: undefined }, shown)).toBeUndefined();
    expect(turnRollout({ ...turn, to: 'branch main' }, shown)).toBeUndefined();
  });

  it('is looked for on the management cluster that the turn names', () => {
    expect(placeOfTurn(turn)).toEqual({ management: 'providers/aws/v1/mgmt', source: 'flux-system/release' });
    expect(placeOfTurn({ source: 'a:b:c/d' })).toEqual({ management: 'a:b', source: 'c/d' });
  });
});
