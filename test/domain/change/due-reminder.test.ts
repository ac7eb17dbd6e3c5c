import { dueReminder, type ReminderFacts } from '../../../src/domain/change/due-reminder.ts';
import type { Gate } from '../../../src/domain/change/gates.ts';

const opened = Date.parse('2026-11-24T09:00:00Z');
const hour = 60 * 60 * 1000;
const approvals: Gate = { kind: 'approvals', needed: 2, given: 1, missing: [] };
const window: Gate = { kind: 'window', opensAt: '2026-11-26T09:00:00Z' };

function due(hours: number, over: Partial<ReminderFacts> = {}) {
  return dueReminder({
    openedAt: new Date(opened).toISOString(),
    isEnded: false,
    open: [[approvals]],
    everyHours: 24,
    now: opened + hours * hour,
    ...over,
  });
}

describe('a change that waits', () => {
  it.each([
    [0, undefined],
    [23.9, undefined],
    [24, 1],
    [47, 1],
    [48, 2],
    [240, 10],
  ])('for %d hours is brought up for the time %s', (hours, expected) => {
    expect(due(hours)).toBe(expected);
  });

  it.each<[string, Partial<ReminderFacts>, number | undefined]>([
    ['for its window alone is not brought up', { open: [[window]] }, undefined],
    ['for nothing is not brought up', { open: [[]] }, undefined],
    ['with nothing open is not brought up', { open: [] }, undefined],
    ['and has ended is not brought up', { isEnded: true }, undefined],
    ['for somebody besides its window is brought up', { open: [[], [window, approvals]] }, 1],
    ['by a policy of its own is brought up as often as that says', { everyHours: 4 }, 6],
  ])('%s', (_what, over, expected) => {
    expect(due(25, over)).toBe(expected);
  });
});
