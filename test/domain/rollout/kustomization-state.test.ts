import type { Expected } from '../../../src/domain/rollout/expected.ts';
import {
  type KustomizationState,
  kustomizationState,
} from '../../../src/domain/rollout/kustomization-state.ts';
import type { GitSource, KustomizationStatus } from '../../../src/domain/rollout/objects.ts';
import { commit, condition, kustomization, revision, source, start } from './samples.ts';

const promotion: Expected = { kind: 'tag', tag: 'v2', commit: commit('b') };
const release = source('v2@b');
const retrying = condition('True', 'ProgressingWithRetry');
const denied = condition('False', 'ReconciliationFailed', {
  message: 'Namespace/shop configured\nDeployment/shop/web dry-run failed (Forbidden): not allowed',
});

/** Name, the Kustomization, its source, and what is to be said of it for the promotion to v2 at b. */
const states: readonly (readonly [string, KustomizationStatus, GitSource | undefined, KustomizationState])[] =
  [
    ['applied', kustomization('v2@b'), release, { kind: 'applied' }],
    [
      'applied, with health checks',
      kustomization('v2@b', { checksHealth: true }),
      release,
      { kind: 'applied-healthy' },
    ],
    [
      'Ready, but at the revision before, as its source is',
      kustomization('v1@a', { checksHealth: true }),
      source('v1@a'),
      { kind: 'waiting-for-source' },
    ],
    [
      'Ready at the revision before while its source’s tag does not exist',
      kustomization('v1@a'),
      source('v1@a', {
        follows: { kind: 'tag', tag: 'v2' },
        ready: condition('False', 'GitOperationFailed'),
      }),
      { kind: 'waiting-for-source' },
    ],
    [
      'Ready at the revision before, its source being ahead',
      kustomization('v1@a'),
      release,
      { kind: 'behind', revision: revision('v1@a') },
    ],
    [
      'at the tag, which was moved to another commit',
      kustomization('v2@c'),
      source('v2@c'),
      { kind: 'waiting-for-source' },
    ],
    [
      'at the approved commit, but under another tag',
      kustomization('v3@b'),
      source('v3@b'),
      { kind: 'waiting-for-source' },
    ],
    ['whose source is not there', kustomization('v2@b'), undefined, { kind: 'waiting-for-source' }],
    [
      'failing since before, while the source is not there yet',
      kustomization('v1@a', { ready: denied, reconciling: retrying }),
      source('v1@a'),
      { kind: 'waiting-for-source' },
    ],
    [
      'failing since before, and not yet at the new revision',
      kustomization('v1@a', { ready: denied, reconciling: retrying }),
      release,
      { kind: 'behind', revision: revision('v1@a') },
    ],
    [
      'being applied',
      kustomization('v1@a', {
        lastAttempted: revision('v2@b'),
        ready: condition('Unknown', 'Progressing'),
        reconciling: condition('True', 'Progressing'),
      }),
      release,
      { kind: 'reconciling' },
    ],
    [
      'just beginning to be applied',
      kustomization('v1@a', {
        ready: condition('Unknown', 'Progressing'),
        reconciling: condition('True', 'Progressing'),
      }),
      release,
      { kind: 'reconciling' },
    ],
    [
      'applied, but its own spec has changed since',
      kustomization('v2@b', { generation: 3 }),
      release,
      { kind: 'reconciling' },
    ],
    [
      'failed, and Flux tries again: both conditions at once',
      kustomization('v1@a', { lastAttempted: revision('v2@b'), ready: denied, reconciling: retrying }),
      release,
      {
        kind: 'failed',
        reason: 'ReconciliationFailed',
        line: 'Deployment/shop/web dry-run failed (Forbidden): not allowed',
        retrying: false,
      },
    ],
    [
      'failed in a generation that is no more',
      kustomization('v1@a', { generation: 3, lastAttempted: revision('v2@b'), ready: denied }),
      release,
      { kind: 'reconciling' },
    ],
    [
      'whose health checks failed',
      kustomization('v1@a', {
        lastAttempted: revision('v2@b'),
        ready: condition('False', 'HealthCheckFailed', { message: 'health check failed after 30s: timeout' }),
      }),
      release,
      {
        kind: 'failed',
        reason: 'HealthCheckFailed',
        line: 'health check failed after 30s: timeout',
        retrying: false,
      },
    ],
    [
      'that failed again after it had been applied',
      kustomization('v2@b', {
        ready: condition('False', 'PruneFailed', { message: 'prune failed: denied' }),
      }),
      release,
      { kind: 'failed', reason: 'PruneFailed', line: 'prune failed: denied', retrying: false },
    ],
    [
      'whose health checks were cut off by a newer revision',
      kustomization('v1@a', {
        lastAttempted: revision('v2@b'),
        ready: condition('False', 'HealthCheckCanceled'),
      }),
      release,
      { kind: 'reconciling' },
    ],
    [
      'that waits for another',
      kustomization('v1@a', {
        ready: condition('False', 'DependencyNotReady', {
          message: "dependency 'flux-system/infra' revision is not up to date",
        }),
        reconciling: retrying,
      }),
      release,
      { kind: 'waiting-for-dependency', on: 'flux-system/infra' },
    ],
    [
      'that waits for another, which its message does not name',
      kustomization('v1@a', { ready: condition('False', 'DependencyNotReady') }),
      release,
      { kind: 'waiting-for-dependency', on: undefined },
    ],
    [
      'that is stalled',
      kustomization('v1@a', {
        stalled: condition('True', 'AccessDenied', {
          message: 'cross-namespace references have been blocked',
        }),
      }),
      release,
      {
        kind: 'failed',
        reason: 'AccessDenied',
        line: 'cross-namespace references have been blocked',
        retrying: false,
      },
    ],
    [
      'that cannot have the new artifact',
      kustomization('v1@a', {
        ready: condition('False', 'ArtifactFailed', {
          at: start + 1,
          message: 'failed to download artifact',
        }),
      }),
      release,
      { kind: 'failed', reason: 'ArtifactFailed', line: 'failed to download artifact', retrying: false },
    ],
    [
      'that could not have the artifact before',
      kustomization('v1@a', { ready: condition('False', 'ArtifactFailed', { at: start - 1 }) }),
      release,
      { kind: 'behind', revision: revision('v1@a') },
    ],
    [
      'suspended, though everything else is as it should be',
      kustomization('v2@b', { suspended: true }),
      release,
      { kind: 'suspended' },
    ],
    [
      'suspended while failing',
      kustomization('v1@a', { suspended: true, ready: denied }),
      release,
      { kind: 'suspended' },
    ],
    [
      'that follows another source',
      kustomization('v2@b', { source: 'flux-system/main' }),
      release,
      { kind: 'following-another-source', source: 'flux-system/main' },
    ],
    [
      'that is being deleted',
      kustomization('v2@b', { deleting: true }),
      release,
      { kind: 'deleted', declared: false },
    ],
    [
      'that was made and never tried',
      kustomization('v2@b', {
        generation: 1,
        observedGeneration: undefined,
        lastAttempted: undefined,
        lastApplied: undefined,
        ready: undefined,
      }),
      release,
      { kind: 'new' },
    ],
  ];

describe('what is said of a Kustomization', () => {
  it.each(states)('%s', (_name, kustomizationStatus, itsSource, said) => {
    expect(kustomizationState(kustomizationStatus, itsSource, promotion, 'flux-system/release')).toEqual(
      said,
    );
  });

  it('covers every state that a cluster alone can show', () => {
    expect([...new Set(states.map(([, , , { kind }]) => kind))].toSorted()).toEqual([
      'applied',
      'applied-healthy',
      'behind',
      'deleted',
      'failed',
      'following-another-source',
      'new',
      'reconciling',
      'suspended',
      'waiting-for-dependency',
      'waiting-for-source',
    ]);
  });
});
