import { changesOf, nextChangeNumber } from '../../../src/domain/change/changes-of.ts';
import { currentFreeze } from '../../../src/domain/change/freeze-of.ts';
import type { Deed } from '../../../src/domain/change/record.ts';
import { approvedBy, changeAfter, openedDeed, person, recordsOf, subject } from './change-samples.ts';

const rejected: Deed = {
  kind: 'rejected',
  change: 1,
  by: person('ann'),
  reason: 'no',
  subjects: [subject],
  via: 'slack',
};

test('a later approval of a person takes the place of the earlier', () => {
  const change = changeAfter(approvedBy('ann'), approvedBy('bob'), approvedBy('ann', []));
  expect(change.approvals.map(({ id }) => id)).toEqual(['action-2', 'action-3']);
});

test('who rejects no longer approves, and approving does not lift the rejection', () => {
  const change = changeAfter(approvedBy('ann'), rejected, approvedBy('ann'));
  expect(change.rejections).toHaveLength(1);
  expect(changeAfter(approvedBy('ann'), rejected).approvals).toEqual([]);
});

test('taking back ends own approvals and rejections, and nobody else’s', () => {
  const back: Deed = { kind: 'taken-back', change: 1, by: person('ann'), via: 'slack' };
  const change = changeAfter(approvedBy('bob'), rejected, back);
  expect(change.approvals.map(({ by }) => by)).toEqual([person('bob')]);
  expect(change.rejections).toEqual([]);
});

test('nobody confirms an override of their own', () => {
  const change = changeAfter(
    { kind: 'override-asked', change: 1, by: person('olga'), reason: 'fire' },
    { kind: 'override-confirmed', change: 1, by: person('olga') },
  );
  expect(change.override?.confirmedBy).toBeUndefined();
});

test('a deed about a change that was never opened is nothing, and no change is opened twice', () => {
  expect(changesOf(recordsOf([approvedBy('ann')])).size).toBe(0);
  const twice = changeAfter(approvedBy('ann'), { ...openedDeed, requester: person('bob') });
  expect(twice.requester).toEqual(person('rita'));
  expect(twice.approvals).toHaveLength(1);
});

test('numbers go on after the highest', () => {
  expect(nextChangeNumber([])).toBe(1);
  expect(nextChangeNumber(recordsOf([{ ...openedDeed, change: 4 }, openedDeed]))).toBe(5);
});

describe('a freeze', () => {
  const now = Date.parse('2027-01-31T23:30:00Z');
  const frozen = (until?: string): Deed => ({ kind: 'frozen', by: person('olga'), reason: 'fair', until });
  const dated = { from: '2027-01-31', to: '2027-01-31', zone: 'Europe/Berlin', reason: 'audit' };

  test.each([
    ['until it is lifted', [frozen()], 'fair'],
    ['not once lifted', [frozen(), { kind: 'unfrozen', by: person('olga') }], undefined],
    ['until its time', [frozen('2027-02-01T00:00:00Z')], 'fair'],
    ['not after its time', [frozen('2027-01-31T23:30:00Z')], undefined],
    ['for ever when its end cannot be read', [frozen('soon')], 'fair'],
  ] as const)('by hand holds %s', (_, deeds, reason) => {
    expect(currentFreeze(recordsOf(deeds), [], now)?.reason).toBe(reason);
  });

  test('by date ends with the day in its own zone', () => {
    expect(currentFreeze([], [dated], now)).toBeUndefined();
    expect(currentFreeze([], [dated], now - 3_600_000)).toMatchObject({
      reason: 'audit',
      until: '2027-01-31T23:00:00.000Z',
    });
  });

  test('by date is not lifted by hand', () => {
    const records = recordsOf([frozen(), { kind: 'unfrozen', by: person('olga') }]);
    expect(currentFreeze(records, [dated], now - 3_600_000)?.reason).toBe('audit');
  });
});
