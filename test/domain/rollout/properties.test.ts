import fc from 'fast-check';
import type {
  GitSource,
  KustomizationStatus,
  ManagementView,
  SeenManagement,
} from '../../../src/domain/rollout/objects.ts';
import { outcomeOf } from '../../../src/domain/rollout/outcome.ts';
import { progressOf } from '../../../src/domain/rollout/progress.ts';
import { addLook, type Track } from '../../../src/domain/rollout/track.ts';
import { condition, kustomization, main, minute, plan, revision, source, start, view } from './samples.ts';

const thePlan = plan();
const patience = { stuckAfterMs: 15 * minute, longestMs: 1_440 * minute };

const revisions = fc.constantFrom('v1@a', 'v2@b', 'v2@c', 'v3@c', 'main@d', 'main@e', 'main@f');
const ready = fc.option(
  fc
    .tuple(
      fc.constantFrom('True', 'False', 'Unknown'),
      fc.constantFrom(
        'ReconciliationSucceeded',
        'Progressing',
        'ReconciliationFailed',
        'DependencyNotReady',
        'HealthCheckCanceled',
        'ArtifactFailed',
      ),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: -5, max: 20 }),
      fc.constantFrom('one error', 'another error'),
    )
    .map(([status, reason, generation, after, message]) =>
      condition(status, reason, { generation, at: start + after * minute, message }),
    ),
  { nil: undefined },
);
const common = fc.record({
  generation: fc.integer({ min: 1, max: 3 }),
  observedGeneration: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  suspended: fc.boolean(),
  ready,
});
const anySource = (make: (artifact: string, more: Partial<GitSource>) => GitSource) =>
  fc
    .tuple(revisions, revisions, common)
    .map(([artifact, follows, more]) => make(artifact, { ...more, follows: source(follows).follows }));
const anyKustomization = (id: string, follows: string) =>
  fc
    .tuple(
      revisions,
      revisions,
      common,
      fc.constantFrom(follows, follows, follows, 'x/y'),
      fc.boolean(),
      fc.boolean(),
    )
    .map(([applied, attempted, more, itsSource, deleting, checksHealth]) =>
      kustomization(applied, {
        ...more,
        id,
        source: itsSource,
        lastAttempted: revision(attempted),
        deleting,
        checksHealth,
      }),
    );
/** Most objects stand as they should at the end, so that rollouts do come to it. */
const mostlyDone = <Kind>(done: Kind, any: fc.Arbitrary<Kind>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(done) }, { weight: 1, arbitrary: any });

const looks: fc.Arbitrary<readonly ManagementView[]> = fc
  .array(
    fc.oneof(
      { weight: 1, arbitrary: fc.constant('silent' as const) },
      {
        weight: 6,
        arbitrary: fc.record({
          sources: fc.tuple(
            mostlyDone(main('main@e'), anySource(main)),
            mostlyDone(source('v2@b'), anySource(source)),
          ),
          kustomizations: fc.tuple(
            mostlyDone(mgmtDone(), anyKustomization('flux-system/mgmt', 'flux-system/main')),
            mostlyDone(
              kustomization('v2@b', { id: 'two/tenants-common' }),
              anyKustomization('two/tenants-common', 'flux-system/release'),
            ),
            mostlyDone(kustomization('v2@b'), anyKustomization('two/tenants-prod', 'flux-system/release')),
            fc.option(anyKustomization('two/extra', 'flux-system/release')),
          ),
        }),
      },
    ),
    { maxLength: 12 },
  )
  .map((all) =>
    all.map((each, index): ManagementView => {
      const at = start + index * minute;
      if (each === 'silent') return { kind: 'silent', management: 'aws', at, since: at, why: 'no-answer' };
      return view({
        at,
        sources: each.sources,
        kustomizations: each.kustomizations.filter((one) => one !== null),
      });
    }),
  );

function mgmtDone(): KustomizationStatus {
  return kustomization('main@e', { id: 'flux-system/mgmt', source: 'flux-system/main', cluster: undefined });
}

function follow(views: readonly ManagementView[]): Track {
  const none: Track = new Map();
  return views.reduce((track, each) => addLook(track, thePlan, each), none);
}

/** The facts about "applied", written down once more and independently of the rules. */
function hasApplied(seen: SeenManagement, id: string, texts: readonly string[]): boolean {
  const one = seen.kustomizations.get(id);
  const its = one && seen.sources.get(one.source);
  const name = (each: { ref: string | undefined; commit: string } | undefined) =>
    `${each?.ref}@${each?.commit[0]}`;
  return (
    one !== undefined &&
    its !== undefined &&
    texts.includes(name(its.artifact)) &&
    texts.includes(name(one.lastApplied)) &&
    one.ready?.status === 'True' &&
    one.observedGeneration === one.generation &&
    !one.suspended
  );
}

describe('whatever the clusters show, in whatever order', () => {
  it('applied is never claimed before it is true', () => {
    let claims = 0;
    fc.assert(
      fc.property(looks, (views) => {
        const progress = progressOf(thePlan, follow(views));
        const seen = views.filter((each) => each.kind === 'seen');
        const last = seen.at(-1);
        for (const [index, leg] of (progress.managements[0]?.legs ?? []).entries()) {
          for (const { id, state } of leg.members) {
            if (state.kind !== 'applied' && state.kind !== 'applied-healthy') continue;
            claims += 1;
            const isTrue =
              index === 1
                ? last !== undefined && hasApplied(last, id, ['v2@b'])
                : seen.some((each) => hasApplied(each, id, ['main@e', 'main@f', 'v9@e']));
            expect({ id, isTrue }).toEqual({ id, isTrue: true });
            if (state.kind === 'applied-healthy')
              expect(last?.kustomizations.get(id)?.checksHealth).toBe(true);
          }
        }
      }),
      { numRuns: 500 },
    );
    expect(claims).toBeGreaterThan(100);
  });

  it('applied everywhere is never told while anything is missing', () => {
    const ends = new Map<string, number>();
    fc.assert(
      fc.property(looks, (views) => {
        const now = start + views.length * minute;
        const outcome = outcomeOf(thePlan, progressOf(thePlan, follow(views)), patience, now);
        ends.set(outcome.kind, (ends.get(outcome.kind) ?? 0) + 1);
        if (outcome.kind !== 'applied') return;
        const last = views.at(-1);
        if (last?.kind !== 'seen') throw new Error('applied everywhere, though the last look got no answer');
        for (const { id, source: follows, deleting } of last.kustomizations.values()) {
          if (id === 'flux-system/mgmt') continue;
          const counts = id !== 'two/extra' || (follows === 'flux-system/release' && !deleting);
          if (counts) expect({ id, applied: hasApplied(last, id, ['v2@b']) }).toEqual({ id, applied: true });
        }
      }),
      { numRuns: 500 },
    );
    for (const kind of ['applied', 'failed', 'under-way', 'superseded'])
      expect(ends.get(kind)).toBeGreaterThan(0);
  });

  it('every rollout ends', () => {
    fc.assert(
      fc.property(looks, fc.nat(1_000), (views, more) => {
        const now = start + (views.length + 15 + more) * minute;
        const outcome = outcomeOf(thePlan, progressOf(thePlan, follow(views)), patience, now);
        expect(outcome.kind).not.toBe('under-way');
      }),
    );
  });

  it('neither the order of the looks nor a look taken twice makes a difference', () => {
    fc.assert(
      fc.property(
        looks.chain((views) =>
          fc.tuple(
            fc.constant(views),
            fc.shuffledSubarray([...views, ...views], { minLength: views.length * 2 }),
          ),
        ),
        ([views, shuffled]) => {
          expect(progressOf(thePlan, follow(shuffled))).toEqual(progressOf(thePlan, follow(views)));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
