import { at2, busy, failing, follow, outcome, silent } from './follow.ts';
import {
  after,
  before,
  common,
  condition,
  helmRelease,
  kustomization,
  main,
  mgmt,
  minute,
  plan,
  source,
  start,
  view,
} from './samples.ts';

describe('what becomes of a rollout', () => {
  it('is under way before anything was seen', () => {
    expect(outcome([])).toEqual({ kind: 'under-way' });
    expect(outcome([view({ at: start, ...before })])).toEqual({ kind: 'under-way' });
  });

  it('has applied everywhere, with how long each cluster took', () => {
    const ready = condition('True', 'ReconciliationSucceeded', { at: start + 2 * minute });
    const late = {
      ...after,
      kustomizations: [mgmt('main@e'), common('v2@b'), kustomization('v2@b', { ready })],
    };
    expect(
      outcome([view({ at: start + minute, ...before }), view({ at: start + 3 * minute, ...late })]),
    ).toEqual({
      kind: 'applied',
      tookMs: 3 * minute,
      clusters: [
        { management: 'aws', cluster: undefined, tookMs: 0 },
        { management: 'aws', cluster: 'two', tookMs: 2 * minute },
      ],
    });
  });

  it('is not applied everywhere while one management cluster is silent', () => {
    const both = {
      managements: ['aws', 'azure'].map((management) => ({
        management,
        legs: plan().managements[0]?.legs ?? [],
      })),
    };
    const seen = view({ at: start, ...after });
    expect(outcome([seen], both)).toEqual({ kind: 'under-way' });
    expect(outcome([seen, { ...silent, management: 'azure' }], both)).toEqual({ kind: 'under-way' });
    expect(outcome([seen, view({ at: start, management: 'azure', ...after })], both).kind).toBe('applied');
  });

  it('touches no cluster: then nothing is claimed', () => {
    expect(outcome([], { managements: [] }).kind).toBe('under-way');
  });

  it.each<[string, Omit<Parameters<typeof view>[0], 'at'>, string, string]>([
    [
      'a Kustomization that fails',
      { ...after, kustomizations: [mgmt('main@e'), common('v2@b'), failing] },
      'two/tenants-prod',
      'ReconciliationFailed',
    ],
    [
      'a tag that does not exist',
      {
        ...after,
        sources: [
          main('main@e'),
          source('v1@a', {
            ...at2,
            ready: condition('False', 'GitOperationFailed', {
              message: `couldn't find remote ref "refs/tags/v2"`,
            }),
          }),
        ],
      },
      'flux-system/release',
      'missing-tag',
    ],
    [
      'a tag that was moved',
      { ...after, sources: [main('main@e'), source('v2@c')] },
      'flux-system/release',
      'moved-tag',
    ],
    [
      'a source that cannot be fetched',
      {
        ...before,
        sources: [main('main@d', { ready: condition('False', 'GitOperationFailed') }), source('v1@a')],
      },
      'flux-system/main',
      'GitOperationFailed',
    ],
    [
      'a HelmRelease that a Kustomization made',
      { ...after, helmReleases: [helmRelease({ ready: condition('False', 'UpgradeFailed') })] },
      'two/ingress',
      'UpgradeFailed',
    ],
  ])('has failed by %s', (_name, seen, id, reason) => {
    const told = outcome([view({ at: start, ...seen })]);
    expect(told).toMatchObject({ kind: 'failed', failures: [{ object: { id }, reason }] });
  });

  it('stays failed while Flux tries again, and has recovered once it has applied', () => {
    const seen = (at: number, last: typeof failing) =>
      view({ at: start + at, ...after, kustomizations: [mgmt('main@e'), common('v2@b'), last] });
    expect(outcome([seen(1, failing), seen(2, busy)])).toMatchObject({
      kind: 'failed',
      failures: [{ object: { id: 'two/tenants-prod' }, line: 'denied' }],
    });
    const retried = follow([seen(1, failing), seen(2, busy)]).managements[0]?.legs[1]?.members[1]?.state;
    expect(retried).toMatchObject({ kind: 'failed', retrying: true });
    expect(outcome([seen(1, failing), seen(2, busy), seen(3, kustomization('v2@b'))]).kind).toBe('applied');
  });

  it('is not applied while a HelmRelease of it is not ready', () => {
    const seen = {
      ...after,
      helmReleases: [helmRelease({ generation: 3 }), helmRelease({ id: 'x/y', madeBy: undefined })],
    };
    expect(outcome([view({ at: start, ...seen })]).kind).toBe('under-way');
    expect(outcome([view({ at: start, ...seen, helmReleases: [helmRelease()] })]).kind).toBe('applied');
  });

  it('is applied though a Kustomization that the repository no longer wants is gone, not when a wanted one is', () => {
    const extra = kustomization('v1@a', { id: 'two/old' });
    const seen = view({ at: start, ...before, kustomizations: [...before.kustomizations, extra] });
    expect(outcome([seen, view({ at: start + 1, ...after })]).kind).toBe('applied');
    const gone = { ...after, kustomizations: [mgmt('main@e'), common('v2@b')] };
    expect(outcome([view({ at: start, ...gone })]).kind).toBe('under-way');
  });

  it.each<[string, Omit<Parameters<typeof view>[0], 'at'>]>([
    [
      'is suspended',
      {
        ...after,
        kustomizations: [mgmt('main@e'), common('v2@b'), kustomization('v1@a', { suspended: true })],
      },
    ],
    [
      'follows another source',
      {
        ...after,
        kustomizations: [mgmt('main@e'), common('v2@b'), kustomization('v2@b', { source: 'x/y' })],
      },
    ],
    ['waits for ever', before],
  ])('is stuck when nothing moves because something %s', (_name, seen) => {
    const at = start + minute;
    expect(outcome([view({ at, ...seen })], {}, at + 15 * minute - 1)).toEqual({ kind: 'under-way' });
    expect(outcome([view({ at, ...seen })], {}, at + 15 * minute)).toEqual({
      kind: 'stuck',
      sinceMs: 15 * minute,
    });
  });

  it('takes no new try of what failed before, and no rewritten status, for movement', () => {
    const seen = Array.from({ length: 40 }, (_, index) => view({ at: start + index * minute, ...before }));
    expect(outcome(seen)).toMatchObject({ kind: 'stuck' });
  });

  it('is stuck at the latest after the longest time', () => {
    const views = Array.from({ length: 200 }, (_, index) =>
      view({
        at: start + index * 8 * minute,
        ...before,
        kustomizations: [mgmt('main@d'), kustomization('v1@a', { id: `two/extra-${index}` })],
      }),
    );
    expect(outcome(views.slice(0, 100))).toEqual({ kind: 'under-way' });
    expect(outcome(views).kind).toBe('stuck');
  });

  it('is superseded when it is said so, unless it has applied everywhere', () => {
    const more = { supersededBy: 'v3' };
    expect(outcome([view({ at: start, ...before })], more)).toEqual({ kind: 'superseded', by: 'v3' });
    expect(outcome([view({ at: start, ...after })], more).kind).toBe('applied');
  });

  it('is superseded when its source follows another tag after it followed this one', () => {
    const next = { ...after, sources: [main('main@f'), source('v3@c')] };
    const views = [view({ at: start, ...after, kustomizations: [mgmt('main@e'), common('v2@b'), busy] })];
    expect(outcome([...views, view({ at: start + 1, ...next })])).toEqual({ kind: 'superseded', by: 'v3' });
  });

  it('is not superseded by what its source followed before, when that look comes in late', () => {
    const busyView = { ...after, kustomizations: [mgmt('main@e'), common('v2@b'), busy] };
    const views = [view({ at: start + 5, ...busyView }), view({ at: start + 2, ...before })];
    expect(outcome(views)).toEqual({ kind: 'under-way' });
    // Seen after it, the other is what took its place.
    const left = [view({ at: start + 5, ...before }), view({ at: start + 2, ...busyView })];
    expect(outcome(left).kind).toBe('superseded');
  });

  it('is superseded when a later commit was applied, and the source never came to its tag', () => {
    const next = {
      sources: [main('main@f'), source('v3@c')],
      kustomizations: [mgmt('main@f'), common('v3@c'), kustomization('v3@c')],
    };
    const later = start + 2 * minute;
    expect(outcome([view({ at: start, ...next })], {}, later)).toEqual({ kind: 'superseded', by: 'v3' });
    const byHand = {
      ...next,
      sources: [main('main@e'), source('v3@c')],
      kustomizations: [mgmt('main@e'), common('v3@c')],
    };
    expect(outcome([view({ at: start, ...byHand })], {}, later)).toEqual({ kind: 'under-way' });
  });

  it('is not superseded by what ran before, though the watch of sources lags behind', () => {
    const lagging = {
      sources: [main('main@f'), source('v1@a')],
      kustomizations: [mgmt('main@f'), common('v1@a'), kustomization('v1@a')],
    };
    const views = [view({ at: start, ...before }), view({ at: start + minute, ...lagging })];
    expect(outcome(views, {}, start + 2 * minute)).toEqual({ kind: 'under-way' });
    const caughtUp = view({ at: start + 2 * minute, ...after, sources: [main('main@f'), source('v2@b')] });
    expect(outcome([...views, caughtUp]).kind).toBe('applied');
  });

  it('ignores looks at clusters that it does not touch', () => {
    expect(outcome([view({ at: start, management: 'other', ...after })])).toEqual({ kind: 'under-way' });
  });

  it('follows a merge to its Kustomizations alone', () => {
    const [first] = plan().managements[0]?.legs ?? [];
    const merge = { managements: [{ management: 'aws', legs: first ? [first] : [] }] };
    expect(outcome([view({ at: start, ...before })], merge).kind).toBe('under-way');
    expect(outcome([view({ at: start, ...after })], merge).kind).toBe('applied');
  });
});
