import { nonProduction } from '../../../src/domain/change/non-production.ts';
import type { KustomizationStatus, ManagementView } from '../../../src/domain/rollout/objects.ts';
import { commit, condition, kustomization, start, view } from '../rollout/samples.ts';
import { policyOf, samplePlatform } from '../samples.ts';

const management = { name: 'aws-v1-mgmt', folder: 'providers/aws/v1/mgmt' };
const own = (applied: string, more: Partial<KustomizationStatus> = {}) =>
  kustomization(applied, { id: 'one/tenants-common', cluster: 'one', source: 'flux-system/main', ...more });
const prod = (applied: string, more: Partial<KustomizationStatus> = {}) => kustomization(applied, more);

function verdict(
  views: ManagementView | readonly KustomizationStatus[],
  contains: (revision: string) => boolean | undefined = (revision) => revision === commit('b'),
) {
  const shown = 'kind' in views ? views : view({ at: 1, kustomizations: views });
  return nonProduction({
    seen: [{ management: management as never, view: shown }],
    platform: samplePlatform(),
    policy: policyOf(),
    contains,
  });
}

describe('how what is promoted does in non-prod', () => {
  it('runs since the last of its Kustomizations was ready', () => {
    const later = condition('True', 'ReconciliationSucceeded', { at: start + 1 });
    expect(verdict([own('main@b'), own('main@b', { id: 'one/x', ready: later }), prod('v1@a')])).toEqual({
      kind: 'running',
      since: start + 1,
      kustomizations: 2,
    });
  });

  it.each<[string, readonly KustomizationStatus[], object]>([
    ['only production shown', [prod('v1@a')], { kind: 'none' }],
    ['nothing shown', [], { kind: 'none' }],
    ['an older commit', [own('main@a')], { kind: 'not-everywhere', applied: 0, of: 1 }],
    [
      'one of two',
      [own('main@b'), own('main@a', { id: 'one/x' })],
      { kind: 'not-everywhere', applied: 1, of: 2 },
    ],
    [
      'never applied',
      [own('main@b', { lastApplied: undefined })],
      { kind: 'not-everywhere', applied: 0, of: 1 },
    ],
    ['a suspended one', [own('main@b', { suspended: true })], { kind: 'not-everywhere', applied: 0, of: 1 }],
    [
      'no Ready condition',
      [own('main@b', { ready: undefined })],
      { kind: 'not-everywhere', applied: 0, of: 1 },
    ],
    [
      'waiting for a dependency',
      [own('main@b', { ready: condition('False', 'DependencyNotReady') })],
      { kind: 'not-everywhere', applied: 0, of: 1 },
    ],
    [
      'failing',
      [own('main@b', { ready: condition('False', 'BuildFailed') })],
      { kind: 'failing', what: ['one/tenants-common'] },
    ],
    [
      'stalled',
      [own('main@b', { stalled: condition('True', 'x') })],
      { kind: 'failing', what: ['one/tenants-common'] },
    ],
    [
      'failing in production alone',
      [own('main@b'), prod('v1@a', { ready: condition('False', 'BuildFailed') })],
      { kind: 'running', since: start, kustomizations: 1 },
    ],
  ])('%s', (_what, kustomizations, expected) => expect(verdict(kustomizations)).toEqual(expected));

  it('is not known when the cluster is silent, or nobody can tell what a commit holds', () => {
    expect(verdict({ kind: 'silent', management: 'x', at: 1, since: 0, why: 'no-answer' })).toEqual({
      kind: 'unknown',
    });
    expect(verdict([own('main@b')], () => undefined)).toEqual({ kind: 'unknown' });
  });

  it('is not known when Kustomizations may not be read there', () => {
    expect(verdict({ ...view({ at: 1 }), hidden: ['kustomizations'] })).toEqual({ kind: 'unknown' });
  });
});
