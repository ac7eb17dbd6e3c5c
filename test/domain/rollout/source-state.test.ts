import { decisiveLine } from '../../../src/domain/rollout/decisive-line.ts';
import type { Expected } from '../../../src/domain/rollout/expected.ts';
import { type HelmState, helmState } from '../../../src/domain/rollout/helm-state.ts';
import type { GitSource, HelmReleaseStatus } from '../../../src/domain/rollout/objects.ts';
import { type SourceState, sourceState } from '../../../src/domain/rollout/source-state.ts';
import { commit, condition, helmRelease, revision, source } from './samples.ts';

const promotion: Expected = { kind: 'tag', tag: 'v2', commit: commit('b') };
const merge: Expected = { kind: 'commit', commit: commit('e'), descendants: new Set([commit('f')]) };
const at2 = { follows: { kind: 'tag', tag: 'v2' } } as const;
const noTag = `failed to checkout and determine revision: unable to clone: couldn't find remote ref "refs/tags/v2"`;

describe('what is said of a source', () => {
  it.each<[string, GitSource | undefined, Expected, SourceState]>([
    ['there', source('v2@b'), promotion, { kind: 'at', revision: revision('v2@b') as never }],
    [
      'there, though suspended since',
      source('v2@b', { suspended: true }),
      promotion,
      { kind: 'at', revision: revision('v2@b') as never },
    ],
    ['absent', undefined, promotion, { kind: 'absent' }],
    ['suspended', source('v1@a', { ...at2, suspended: true }), promotion, { kind: 'suspended' }],
    [
      'still told to follow the tag before',
      source('v1@a'),
      promotion,
      { kind: 'following-another', follows: { kind: 'tag', tag: 'v1' } },
    ],
    ['moved', source('v2@c'), promotion, { kind: 'moved-tag', tag: 'v2', found: commit('c') }],
    [
      'told to follow a tag that does not exist',
      source('v1@a', { ...at2, ready: condition('False', 'GitOperationFailed', { message: noTag }) }),
      promotion,
      { kind: 'missing-tag', tag: 'v2', line: noTag },
    ],
    [
      'that cannot be fetched',
      source('main@d', {
        ready: condition('False', 'GitOperationFailed', { message: 'failed to list: ssh: handshake failed' }),
      }),
      merge,
      { kind: 'failed', reason: 'GitOperationFailed', line: 'failed to list: ssh: handshake failed' },
    ],
    [
      'stalled',
      source('main@d', { stalled: condition('True', 'URLInvalid', { message: 'bad URL' }) }),
      merge,
      { kind: 'failed', reason: 'URLInvalid', line: 'bad URL' },
    ],
    [
      'that failed before it was told to follow the tag',
      source('v1@a', { ...at2, generation: 3, ready: condition('False', 'GitOperationFailed') }),
      promotion,
      { kind: 'fetching' },
    ],
    [
      'fetching',
      source('main@d', { reconciling: condition('True', 'Progressing') }),
      merge,
      { kind: 'fetching' },
    ],
    ['not asked yet', source('main@d'), merge, { kind: 'behind', revision: revision('main@d') }],
    ['at the merge', source('main@e'), merge, { kind: 'at', revision: revision('main@e') as never }],
    ['past the merge', source('main@f'), merge, { kind: 'at', revision: revision('main@f') as never }],
    [
      'of a fleet at rest whose tag does not exist',
      source('v1@a', { ...at2, ready: condition('False', 'GitOperationFailed', { message: noTag }) }),
      { kind: 'current' },
      { kind: 'missing-tag', tag: 'v2', line: noTag },
    ],
  ])('%s', (_name, status, expected, said) => {
    expect(sourceState(status, expected)).toEqual(said);
  });
});

describe('what is said of a HelmRelease', () => {
  it.each<[string, HelmReleaseStatus, HelmState]>([
    ['ready', helmRelease(), { kind: 'ready' }],
    ['changed a moment ago', helmRelease({ generation: 3 }), { kind: 'reconciling' }],
    ['suspended', helmRelease({ suspended: true }), { kind: 'suspended' }],
    ['in work', helmRelease({ ready: condition('Unknown', 'Progressing') }), { kind: 'reconciling' }],
    [
      'waiting',
      helmRelease({ ready: condition('False', 'DependencyNotReady') }),
      { kind: 'waiting-for-dependency' },
    ],
    [
      'failed',
      helmRelease({
        ready: condition('False', 'UpgradeFailed', { message: 'Helm upgrade failed: timed out' }),
      }),
      { kind: 'failed', reason: 'UpgradeFailed', line: 'Helm upgrade failed: timed out' },
    ],
    [
      'out of retries',
      helmRelease({
        stalled: condition('True', 'RetriesExceeded', { message: 'Failed to upgrade after 3 attempts' }),
      }),
      { kind: 'failed', reason: 'RetriesExceeded', line: 'Failed to upgrade after 3 attempts' },
    ],
    [
      'failed before it was changed',
      helmRelease({ generation: 3, ready: condition('False', 'UpgradeFailed') }),
      { kind: 'reconciling' },
    ],
  ])('%s', (_name, release, said) => {
    expect(helmState(release)).toEqual(said);
  });
});

describe('the decisive line of a message', () => {
  it.each([
    ['', ''],
    ['Reconciliation in progress', 'Reconciliation in progress'],
    ['  spaces   and\ttabs ', 'spaces and tabs'],
    [
      'Namespace/a created\nService/a/b configured\nDeployment/a/b dry-run failed: x',
      'Deployment/a/b dry-run failed: x',
    ],
    ['Namespace/a created', 'Namespace/a created'],
    ['first\nerror: second', 'error: second'],
  ])('%j', (message, line) => {
    expect(decisiveLine(message)).toBe(line);
  });

  it('keeps the beginning and the innermost cause of a long chain', () => {
    const line = decisiveLine(
      `kustomize build failed: ${'accumulating resources: '.repeat(40)}open x.yaml: no such file`,
    );
    expect(line).toMatch(/^kustomize build failed: … .*open x\.yaml: no such file$/);
    expect(line.length).toBeLessThanOrEqual(320);
  });
});
