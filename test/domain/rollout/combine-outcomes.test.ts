import fc from 'fast-check';
import { combineOutcomes, combineProgress } from '../../../src/domain/rollout/combine-outcomes.ts';
import type { Failure, Outcome } from '../../../src/domain/rollout/outcome.ts';
import { follow, silent } from './follow.ts';
import { after, before, minute, start, view } from './samples.ts';

const failure = (id: string): Failure => ({
  management: 'aws',
  cluster: 'two',
  object: { kind: 'kustomization', id },
  reason: 'ReconciliationFailed',
  line: 'denied',
});
const failed = (id: string): Outcome => ({ kind: 'failed', failures: [failure(id)] });
const applied = (tookMs: number): Outcome => ({
  kind: 'applied',
  tookMs,
  clusters: [{ management: 'aws', cluster: 'two', tookMs }],
});
const stuck = (sinceMs: number): Outcome => ({ kind: 'stuck', sinceMs });
const underWay: Outcome = { kind: 'under-way' };
const overtaken = (by: string, ran = false): Outcome => ({ kind: 'superseded', by, ran });

describe('what has become of a rollout of several merges', () => {
  it.each<[string, readonly Outcome[], boolean, Outcome]>([
    ['nothing merged is under way', [], true, underWay],
    [
      'applied when all are, as late as the last',
      [applied(1), applied(7), applied(3)],
      true,
      {
        kind: 'applied',
        tookMs: 7,
        clusters: [1, 7, 3].map((tookMs) => ({ management: 'aws', cluster: 'two', tookMs })),
      },
    ],
    ['not applied while one is under way', [applied(1), underWay], true, underWay],
    ['not applied while a merge is to come', [applied(1), applied(2)], false, underWay],
    [
      'failed when one is, whatever the others are',
      [applied(1), failed('a'), underWay, stuck(9)],
      true,
      failed('a'),
    ],
    ['failed though further merges are to come', [failed('a')], false, failed('a')],
    [
      'failed with all failures',
      [failed('a'), failed('b')],
      true,
      {
        kind: 'failed',
        failures: [failure('a'), failure('b')],
      },
    ],
    ['failed before overtaken', [overtaken('v3'), failed('a')], true, failed('a')],
    ['stuck since the last movement of any', [stuck(9), stuck(4), underWay], true, stuck(4)],
    ['under way while one of those not overtaken is', [overtaken('v3'), underWay], true, underWay],
    ['overtaken, with what ran before', [overtaken('v3', true), applied(1)], true, overtaken('v3', true)],
    [
      'overtaken before it ran where one did not',
      [overtaken('v3', true), overtaken('v4')],
      true,
      overtaken('v3'),
    ],
    ['not overtaken as long as a wave is to come', [overtaken('v3', true)], false, underWay],
  ])('%s', (_name, outcomes, isComplete, told) => {
    expect(combineOutcomes(outcomes, isComplete)).toEqual(told);
  });

  const anyOutcome = fc.oneof(
    fc.constant(underWay),
    fc.nat(100).map(applied),
    fc.nat(100).map(stuck),
    fc.constantFrom('a', 'b').map(failed),
    fc.tuple(fc.constantFrom('v3', 'v4'), fc.boolean()).map(([by, ran]) => overtaken(by, ran)),
  );

  it('is never applied unless each is and none is to come, and never hides a failure', () => {
    fc.assert(
      fc.property(fc.array(anyOutcome, { maxLength: 5 }), fc.boolean(), (outcomes, isComplete) => {
        const told = combineOutcomes(outcomes, isComplete);
        const kinds = new Set(outcomes.map(({ kind }) => kind));
        const isAll = isComplete && outcomes.length > 0 && outcomes.every(({ kind }) => kind === 'applied');
        expect(told.kind === 'applied').toBe(isAll);
        expect(told.kind === 'failed').toBe(kinds.has('failed'));
        if (!isComplete) expect(['under-way', 'failed', 'stuck']).toContain(told.kind);
      }),
    );
  });

  it('does not hang on the order of the merges', () => {
    const shuffled = fc
      .array(anyOutcome, { maxLength: 5 })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(combineOutcomes(other, true).kind).toBe(combineOutcomes(one, true).kind);
      }),
    );
  });
});

describe('the progress of several merges as one', () => {
  it('names a management cluster once, with all legs, and moves when any does', () => {
    const one = follow([view({ at: start, ...before })]);
    const other = follow([view({ at: start + minute, ...after })]);
    const both = combineProgress([one, other]);
    expect(both.managements.map(({ management }) => management)).toEqual(['aws']);
    expect(both.managements[0]?.legs).toHaveLength(4);
    expect(both.movedAt).toBe(start + minute);
  });

  it('does not answer as long as it does not for one of them', () => {
    const both = combineProgress([follow([view({ at: start, ...after })]), follow([silent])]);
    expect(both.managements[0]?.silence?.why).toBe('no-answer');
  });

  it('of nothing is nothing', () => {
    expect(combineProgress([])).toEqual({ managements: [], movedAt: 0 });
  });
});
