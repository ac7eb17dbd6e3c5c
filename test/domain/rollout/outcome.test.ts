import type { ManagementView } from '../../../src/domain/rollout/objects.ts';
import { type Outcome, outcomeOf } from '../../../src/domain/rollout/outcome.ts';
import type { RolloutPlan } from '../../../src/domain/rollout/plan.ts';
import { progressOf } from '../../../src/domain/rollout/progress.ts';
import { addLook, type Track } from '../../../src/domain/rollout/track.ts';
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
  revision,
  source,
  start,
  view,
} from './samples.ts';

const patience = { stuckAfterMs: 15 * minute, longestMs: 1_440 * minute };

function follow(views: readonly ManagementView[], thePlan: RolloutPlan = plan()) {
  const none: Track = new Map();
  return progressOf(
    thePlan,
    views.reduce((track, each) => addLook(track, thePlan, each), none),
  );
}

function outcome(views: readonly ManagementView[], more: Partial<RolloutPlan> = {}, now?: number): Outcome {
  const thePlan = plan(more);
  return outcomeOf(
    thePlan,
    follow(views, thePlan),
    patience,
    now ?? Math.max(start, ...views.map(({ at }) => at)),
  );
}

/** What each hop of a promotion shows: main, what applies it, the release source, and what follows that. */
function hops(views: readonly ManagementView[]) {
  return follow(views).managements.flatMap(({ legs }) =>
    legs.flatMap(({ sourceState, members }) => [
      sourceState.kind,
      members.map(({ state }) => state.kind).join(' '),
    ]),
  );
}

const failing = kustomization('v1@a', {
  lastAttempted: revision('v2@b'),
  ready: condition('False', 'ReconciliationFailed', { message: 'denied' }),
});
const busy = kustomization('v1@a', {
  lastAttempted: revision('v2@b'),
  ready: condition('Unknown', 'Progressing'),
  reconciling: condition('True', 'Progressing'),
});
const silent: ManagementView = {
  kind: 'silent',
  management: 'aws',
  at: start + 9 * minute,
  since: start,
  why: 'no-answer',
};
const at2 = { follows: { kind: 'tag', tag: 'v2' } } as const;

describe('the way of a promotion', () => {
  it.each<[string, Omit<Parameters<typeof view>[0], 'at'>, readonly string[]]>([
    [
      'the merge is not fetched yet',
      before,
      ['behind', 'waiting-for-source', 'following-another', 'waiting-for-source waiting-for-source'],
    ],
    [
      'the merge is fetched',
      { ...before, sources: [main('main@e'), source('v1@a')] },
      ['at', 'behind', 'following-another', 'waiting-for-source waiting-for-source'],
    ],
    [
      'the management cluster has applied it',
      {
        sources: [main('main@e'), source('v1@a', { ...at2, generation: 3 })],
        kustomizations: [mgmt('main@e'), common('v1@a'), kustomization('v1@a')],
      },
      ['at', 'applied', 'fetching', 'waiting-for-source waiting-for-source'],
    ],
    [
      'the source is at the tag',
      { sources: after.sources, kustomizations: [mgmt('main@e'), common('v1@a'), busy] },
      ['at', 'applied', 'at', 'behind reconciling'],
    ],
    ['everything has applied it', after, ['at', 'applied', 'at', 'applied applied']],
  ])('%s', (_name, seen, said) => {
    expect(hops([view({ at: start, ...seen })])).toEqual(said);
  });

  it('is through its first hops though main has moved on, and is busy with the next commit', () => {
    const later = {
      sources: [main('main@f'), source('v1@a', at2)],
      kustomizations: [
        mgmt('main@e', { lastAttempted: revision('main@f'), ready: condition('Unknown', 'Progressing') }),
        common('v1@a'),
        kustomization('v1@a'),
      ],
    };
    const seen = view({ at: start, ...after, sources: [main('main@e'), source('v1@a', at2)] });
    expect(hops([seen, view({ at: start + 1, ...later })]).slice(0, 2)).toEqual(['at', 'applied']);
  });

  it('knows what is declared and not made yet from what is gone', () => {
    const [mgmtBefore] = before.kustomizations;
    const missing = { ...before, kustomizations: mgmtBefore ? [mgmtBefore] : [] };
    const gone = { ...after, kustomizations: [mgmt('main@e'), common('v2@b')] };
    expect(hops([view({ at: start, ...missing })]).at(-1)).toBe('new new');
    expect(hops([view({ at: start, ...before }), view({ at: start + 1, ...missing })]).at(-1)).toBe(
      'deleted deleted',
    );
    expect(hops([view({ at: start, ...gone })]).at(-1)).toBe('applied deleted');
  });

  it('counts a Kustomization that appears on the way', () => {
    const made = common('v1@a', {
      id: 'two/extra',
      lastAttempted: undefined,
      lastApplied: undefined,
      ready: undefined,
    });
    const seen = view({ at: start, ...after, kustomizations: [...after.kustomizations, made] });
    expect(hops([seen]).at(-1)).toBe('new applied applied');
    expect(outcome([seen])).toEqual({ kind: 'under-way' });
  });

  it('shows everything as unknown while the cluster does not answer, and goes on when it does', () => {
    const progress = follow([view({ at: start, ...before }), silent]);
    expect(progress.managements[0]?.silence).toEqual(silent);
    const said = progress.managements[0]?.legs.flatMap((leg) => [
      leg.sourceState,
      ...leg.members.map(({ state }) => state),
    ]);
    expect(said).toHaveLength(5);
    for (const each of said ?? []) expect(each).toEqual({ kind: 'unknown', since: start });
    expect(outcome([silent, view({ at: start + 10 * minute, ...after })]).kind).toBe('applied');
  });
});

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

  it('is superseded when a later commit was applied, and the source never came to its tag', () => {
    const next = {
      sources: [main('main@f'), source('v3@c')],
      kustomizations: [mgmt('main@f'), common('v3@c'), kustomization('v3@c')],
    };
    expect(outcome([view({ at: start, ...next })])).toEqual({ kind: 'superseded', by: 'v3' });
    const byHand = {
      ...next,
      sources: [main('main@e'), source('v3@c')],
      kustomizations: [mgmt('main@e'), common('v3@c')],
    };
    expect(outcome([view({ at: start, ...byHand })])).toEqual({ kind: 'under-way' });
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
