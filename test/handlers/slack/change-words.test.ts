import fc from 'fast-check';
import { actionIdOf } from '../../../handlers/slack/change/action-id-of.ts';
import { readFreeze } from '../../../handlers/slack/change/read-freeze.ts';
import { readChangeNumber, readWords } from '../../../handlers/slack/change/read-words.ts';

const words = (text: string) => text.split(' ').filter((word) => word !== '');

describe('the words of a freeze', () => {
  it.each<[string, string, string | undefined]>([
    ['year-end closing', 'year-end closing', undefined],
    ['closing until 2027-01-04', 'closing', '2027-01-04T00:00:00.000Z'],
    ['closing until 2027-01-04 08:30', 'closing', '2027-01-04T08:30:00.000Z'],
    ['closing UNTIL 2027-01-04T08:30Z', 'closing', '2027-01-04T08:30:00.000Z'],
    ['closing until 2027-01-04 08:30 utc', 'closing', '2027-01-04T08:30:00.000Z'],
    ['nobody in until after fair until 2028-02-29', 'nobody in until after fair', '2028-02-29T00:00:00.000Z'],
  ])('%j: %j, %j', (text, reason, until) => {
    expect(readFreeze(words(text))).toEqual({ kind: 'ok', reason, until });
  });

  it.each([
    ['', 'no-reason'],
    ['until 2027-01-04', 'no-reason'],
    ['closing until', 'bad-time'],
    ['closing until tomorrow', 'bad-time'],
    ['closing until 2027-02-29', 'bad-time'],
    ['closing until 2027-01-04 24:00', 'bad-time'],
    ['closing until 2027-13-01', 'bad-time'],
    ['closing until 04.01.2027', 'bad-time'],
    ['closing until 2027-01-04 08:30 CET', 'bad-time'],
    ['closing until 2027-01-04T08:30+01:00', 'bad-time'],
    ['x'.repeat(1_001), 'too-long'],
  ])('%j is refused: %s', (text, kind) => {
    expect(readFreeze(words(text))).toMatchObject({ kind });
  });

  it('reads back every minute that it is given', () => {
    const minutes = fc.date({
      min: new Date('2000-01-01'),
      max: new Date('2999-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(minutes, (date) => {
        const minute = date.toISOString().slice(0, 16);
        const read = readFreeze(['closing', 'until', ...minute.split('T')]);
        expect(read).toEqual({ kind: 'ok', reason: 'closing', until: `${minute}:00.000Z` });
      }),
    );
  });
});

describe('the words of a command', () => {
  it.each([
    ['', { named: '', words: [] }],
    ['acme/platform 12 a reason', { named: 'acme/platform', words: ['12', 'a', 'reason'] }],
    ['12 and/or later', { named: '', words: ['12', 'and/or', 'later'] }],
    ['https://example.com/x/y', { named: '', words: ['https://example.com/x/y'] }],
  ])('%j', (text, read) => {
    expect(readWords(text)).toEqual(read);
  });

  it.each([
    ['12', 12],
    ['#12', 12],
    ['0', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['1e3', undefined],
    ['12a', undefined],
    ['9'.repeat(30), undefined],
    [undefined, undefined],
  ])('%j is the change %j', (word, number) => {
    expect(readChangeNumber(word)).toBe(number);
  });
});

describe('the name of a deed', () => {
  it('fits what the queue and the ledger take, is the same for the same deed, and another for any other', () => {
    const part = fc.oneof(fc.string(), fc.nat());
    fc.assert(
      fc.property(fc.array(part), fc.array(part), (one, other) => {
        const id = actionIdOf('confirm-override', ...one);
        expect(id).toMatch(/^[a-z0-9-]{8,80}$/);
        expect(actionIdOf('confirm-override', ...one)).toBe(id);
        if (JSON.stringify(one) !== JSON.stringify(other))
          expect(actionIdOf('confirm-override', ...other)).not.toBe(id);
      }),
    );
  });
});
