import { endOfFreeze, isOpenAt, nextOpening } from '../../../src/domain/change/calendar.ts';
import type { ChangeWindow } from '../../../src/domain/policy/change-sections.ts';

const all = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const windowOf = (
  zone: string,
  from: string,
  to: string,
  days: readonly ChangeWindow['days'][number][] = all,
): ChangeWindow => ({ zone, from, to, days: [...days] });

const london = windowOf('Europe/London', '09:00', '17:00', ['mon', 'tue', 'wed', 'thu', 'fri']);
const night = windowOf('Europe/London', '22:00', '04:00', ['fri']);
const gap = windowOf('Europe/London', '01:15', '01:45');
const newYork = windowOf('America/New_York', '01:30', '02:30');
const lordHowe = windowOf('Australia/Lord_Howe', '01:30', '02:15');

test.each([
  ['in winter by GMT', london, '2027-01-04T09:00:00Z', true],
  ['not a minute before', london, '2027-01-04T08:59:59Z', false],
  ['closed at its end', london, '2027-01-04T17:00:00Z', false],
  ['in summer an hour earlier by UTC', london, '2027-07-05T08:00:00Z', true],
  ['in summer closed at 16:00 UTC', london, '2027-07-05T16:00:00Z', false],
  ['not at weekends', london, '2027-01-02T12:00:00Z', false],
  ['from Friday night', night, '2027-01-08T22:00:00Z', true],
  ['to Saturday morning', night, '2027-01-09T03:59:00Z', true],
  ['and closed then', night, '2027-01-09T04:00:00Z', false],
  ['and not on the morning of Friday', night, '2027-01-08T03:00:00Z', false],
  ['not in the hour that London skips', gap, '2027-03-28T01:20:00Z', false],
  ['in the hour that London repeats, first', gap, '2027-10-31T00:20:00Z', true],
  ['in the hour that London repeats, again', gap, '2027-10-31T01:20:00Z', true],
  ['New York before the gap', newYork, '2027-03-14T06:59:00Z', true],
  ['New York after the gap', newYork, '2027-03-14T07:00:00Z', false],
  ['New York, 01:30 first', newYork, '2027-11-07T05:30:00Z', true],
  ['New York, 01:15 again', newYork, '2027-11-07T06:15:00Z', false],
  ['New York, 01:30 again', newYork, '2027-11-07T06:30:00Z', true],
  ['New York, 02:29', newYork, '2027-11-07T07:29:00Z', true],
  // Lord Howe goes on by half an hour: 02:00 becomes 02:30 on 3 October, back to 01:30 on 4 April.
  ['Lord Howe before its half gap', lordHowe, '2027-10-02T15:29:00Z', true],
  ['Lord Howe after its half gap', lordHowe, '2027-10-02T15:30:00Z', false],
  ['Lord Howe, 01:30 first', lordHowe, '2027-04-03T14:30:00Z', true],
  ['Lord Howe, 01:30 again', lordHowe, '2027-04-03T15:00:00Z', true],
  ['Lord Howe, 02:15', lordHowe, '2027-04-03T15:45:00Z', false],
])('open %s', (_, window, at, expected) => {
  expect(isOpenAt([window], Date.parse(at))).toBe(expected);
});

test('without windows it is open at any time', () => expect(isOpenAt([], 0)).toBe(true));

test('24:00 is the end of the day', () => {
  const day = windowOf('Europe/London', '00:00', '24:00', ['sun']);
  expect(isOpenAt([day], Date.parse('2027-01-03T23:59:59Z'))).toBe(true);
  expect(isOpenAt([day], Date.parse('2027-01-04T00:00:00Z'))).toBe(false);
});

const frozen = (from: string, to: string) => ({ from, to, zone: 'Europe/London', reason: 'x' });

test.each([
  ['after a weekend', [london], [], undefined, '2027-01-02T12:00:00Z', '2027-01-04T09:00:00.000Z'],
  [
    'by summer time after the change',
    [london],
    [],
    undefined,
    '2027-03-26T18:00:00Z',
    '2027-03-29T08:00:00.000Z',
  ],
  ['past a gap, the day after', [gap], [], undefined, '2027-03-28T00:00:00Z', '2027-03-29T00:15:00.000Z'],
  [
    'after a freeze',
    [london],
    [frozen('2027-01-04', '2027-01-05')],
    undefined,
    '2027-01-04T10:00:00Z',
    '2027-01-06T09:00:00.000Z',
  ],
  [
    'after a freeze without windows',
    [],
    [frozen('2027-07-05', '2027-07-05')],
    undefined,
    '2027-07-05T10:00:00Z',
    '2027-07-05T23:00:00.000Z',
  ],
  [
    'in the middle of a window, when a freeze by hand ends',
    [london],
    [],
    '2027-01-04T10:07:30Z',
    '2027-01-04T10:00:00Z',
    '2027-01-04T10:07:30.000Z',
  ],
  [
    'never within 60 days',
    [london],
    [frozen('2027-01-01', '2027-06-01')],
    undefined,
    '2027-01-04T10:00:00Z',
    undefined,
  ],
  ['not told while it is open', [london], [], undefined, '2027-01-04T10:00:00Z', undefined],
])('next opening %s', (_, windows, freezes, until, now, expected) => {
  const frozenUntil = until === undefined ? undefined : Date.parse(until);
  expect(nextOpening(windows, { freezes, until: frozenUntil }, Date.parse(now))).toBe(expected);
});

test.each([
  ['Europe/London', '2027-03-28', '2027-03-28T23:00:00.000Z'],
  ['America/New_York', '2027-11-07', '2027-11-08T05:00:00.000Z'],
  ['Australia/Lord_Howe', '2027-10-03', '2027-10-03T13:00:00.000Z'],
  ['Pacific/Kiritimati', '2027-01-01', '2027-01-01T10:00:00.000Z'],
])('a freeze in %s to %s ends at %s', (zone, to, end) => {
  expect(new Date(endOfFreeze({ from: to, to, zone, reason: 'x' })).toISOString()).toBe(end);
});
