import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  projectCluster,
  projectClusterDeployment,
  projectGitRepository,
  projectHelmRelease,
  projectKustomization,
} from '../../../src/adapters/kubernetes/project.ts';
import { Keeper } from '../../../src/adapters/kubernetes/raw-objects.ts';
import { rawHelmRelease, rawKustomization, rawSource, SHA } from './objects.ts';

const keep = new Keeper();
const metadata = { namespace: 'prod', name: 'prod', generation: 1 };
const condition = (type: string, status = 'True', reason = 'because') => ({ type, status, reason });

describe('what is kept of a Kustomization', () => {
  it('takes the source in its own namespace when none is named, and says when it is none in git', () => {
    const of = (sourceRef: object) =>
      projectKustomization(rawKustomization('prod', 'x', 0, { sourceRef }), keep).source;
    expect(of({ kind: 'GitRepository', name: 'release' })).toBe('prod/release');
    expect(of({ kind: 'OCIRepository', name: 'release', namespace: 'flux-system' })).toBe(
      'OCIRepository flux-system/release',
    );
  });

  it.each([
    [{ wait: true }, true],
    [{ wait: false }, false],
    [{ wait: null }, false],
    [{ wait: false, healthChecks: [{}] }, true],
    [{ wait: false, healthChecks: [] }, false],
  ])('knows of %j whether its health is checked', (spec, checksHealth) => {
    expect(projectKustomization(rawKustomization('prod', 'x', 0, spec), keep)).toMatchObject({
      checksHealth,
    });
  });

  it('can be one that Flux has not seen yet, or has only begun with', () => {
    const fresh = { ...rawKustomization('prod', 'x'), status: undefined };
    expect(projectKustomization(fresh, keep)).toMatchObject({
      observedGeneration: undefined,
      ready: undefined,
      lastApplied: undefined,
    });
    const begun = { ...fresh, status: { observedGeneration: -1 } };
    expect(projectKustomization(begun, keep).observedGeneration).toBeUndefined();
  });

  it('holds revisions of older clusters', () => {
    const old = {
      ...rawKustomization('prod', 'x'),
      status: { lastAppliedRevision: `v1/${SHA}`, lastAttemptedRevision: 'odd' },
    };
    expect(projectKustomization(old, keep)).toMatchObject({
      lastApplied: { ref: 'v1', commit: SHA },
      lastAttempted: undefined,
    });
  });

  it('holds the message of what is not right, however long, in bounds', () => {
    const conditions = [{ ...condition('Ready', 'False'), message: 'm'.repeat(100_000) }];
    const { ready } = projectKustomization(
      { ...rawKustomization('prod', 'x'), status: { conditions } },
      keep,
    );
    expect(ready).toMatchObject({ status: 'False', reason: 'because', message: 'm'.repeat(4_000) });
  });

  it('is refused when it is none', () => {
    for (const odd of [null, 7, {}, { metadata }, { metadata, spec: {} }])
      expect(() => projectKustomization(odd, keep)).toThrow();
  });

  it('takes at most 10 MB for ten thousand of them', () => {
    setFlagsFromString('--expose-gc');
    const collect: unknown = runInNewContext('gc');
    if (typeof collect !== 'function') throw new Error('no way to collect garbage');
    const page = (from: number) =>
      JSON.stringify(
        Array.from({ length: 500 }, (_, index) =>
          rawKustomization(`c${index % 100}`, `k${from + index}`, 35),
        ),
      );
    const keeper = new Keeper();
    const kept = new Map<string, unknown>();
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let from = 0; from < 10_000; from += 500) {
      const raws = JSON.parse(page(from)) as unknown[];
      for (const raw of raws) {
        const item = projectKustomization(raw, keeper);
        kept.set(item.id, item);
      }
    }
    collect();
    const megabytes = (process.memoryUsage().heapUsed - before) / 1e6;
    expect(kept.size).toBe(10_000);
    expect(page(0).length / 500).toBeGreaterThan(6_000);
    expect(megabytes).toBeLessThan(10);
  });
});

describe('what is kept of a source', () => {
  it.each([
    [{ branch: 'main' }, { kind: 'branch', branch: 'main' }],
    [
      { tag: 'v2', branch: 'main' },
      { kind: 'tag', tag: 'v2' },
    ],
    [{ semver: '>=1' }, { kind: 'other', text: 'version >=1' }],
  ])('it follows %j', (ref, follows) => {
    expect(projectGitRepository(rawSource('release', ref, `v1@sha1:${SHA}`), keep).follows).toEqual(follows);
  });
});

describe('what is kept of a HelmRelease', () => {
  it('is by which Kustomization it was made, if by one', () => {
    expect(projectHelmRelease(rawHelmRelease('prod', 'x'), keep).madeBy).toBe('prod/one');
    const byHand = rawHelmRelease('prod', 'x');
    const alone = { ...byHand, metadata: { ...byHand.metadata, labels: undefined } };
    expect(projectHelmRelease(alone, keep).madeBy).toBeUndefined();
  });
});

describe('what is kept of a workload cluster', () => {
  it.each([
    ['v1beta2', { phase: 'Provisioned', conditions: [condition('Available', 'False', 'NotAvailable')] }],
    [
      'v1beta1 with the new conditions beside the old',
      {
        phase: 'Provisioned',
        conditions: [condition('Ready')],
        v1beta2: { conditions: [condition('Available', 'False', 'NotAvailable')] },
      },
    ],
    ['v1alpha3', { phase: 'Provisioned', conditions: [condition('Ready', 'False', 'NotAvailable')] }],
  ])('of Cluster API %s: what counts is whether it is available', (_version, status) => {
    expect(projectCluster({ metadata, spec: {}, status }, keep)).toEqual({
      id: 'prod/prod',
      name: 'prod',
      lifecycle: { kind: 'not-ready', reason: 'NotAvailable' },
    });
  });

  it('of Hive', () => {
    const raw = {
      metadata,
      spec: { clusterName: 'prod-eu', installed: true },
      status: { powerState: 'Running', conditions: [condition('Ready'), condition('Unreachable', 'False')] },
    };
    expect(projectClusterDeployment(raw, keep)).toEqual({
      id: 'prod/prod',
      name: 'prod-eu',
      lifecycle: { kind: 'ready' },
    });
  });
});
