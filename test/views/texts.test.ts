import fc from 'fast-check';
import { clip } from '../../src/views/clip.ts';
import { fileTree, foldersOf, listing, someOf } from '../../src/views/listing.ts';
import { escapeText, plain } from '../../src/views/slack-text.ts';
import { hostileTexts } from '../domain/samples.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...hostileTexts),
);

describe('text for Slack', () => {
  it('has exactly three characters escaped', () => {
    expect(escapeText('<!channel> & "x" *y* @z &amp;')).toBe('&lt;!channel&gt; &amp; "x" *y* @z &amp;amp;');
  });

  it('holds no control sequence, and says the same', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const escaped = escapeText(typed);
        expect(escaped).not.toMatch(/[<>]/);
        expect(escaped.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&')).toBe(typed);
      }),
    );
  });

  it('is never empty', () => {
    expect(plain('')).toEqual({ type: 'plain_text', text: ' ', emoji: false });
  });
});

describe('a clipped text', () => {
  it.each([
    ['short', 10, 'short'],
    ['exactly', 7, 'exactly'],
    ['too long', 4, 'too…'],
    ['a👩‍👩‍👧‍👦b', 6, 'a…'],
    ['e\u0301e\u0301e\u0301', 4, 'e\u0301…'],
    ['ab&amp;cd', 6, 'ab…'],
    ['🇩🇪🇫🇷🇮🇹', 7, '🇩🇪…'],
    ['x', 0, ''],
    ['xy', 1, '…'],
  ])('%j to %d is %j', (whole, limit, clipped) => {
    expect(clip(whole, limit)).toBe(clipped);
  });

  it('fits, is well formed, and begins as the whole does', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 120 }), (typed, limit) => {
        const whole = typed.toWellFormed();
        const clipped = clip(whole, limit);
        expect(clipped.length).toBeLessThanOrEqual(limit);
        expect(clipped.isWellFormed()).toBe(true);
        expect(whole.startsWith(clipped.replace(/…$/, '')) || clipped === whole).toBe(true);
      }),
    );
  });

  it('never ends within an escape', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 60 }), (typed, limit) => {
        expect(clip(escapeText(typed), limit)).not.toMatch(/&(?!amp;|lt;|gt;)/);
      }),
    );
  });

  it('takes no longer for a long text', () => {
    const began = performance.now();
    for (const hostile of hostileTexts) clip(hostile, 3000);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

describe('lists', () => {
  it('read as people write them', () => {
    expect(listing([])).toBe('');
    expect(listing(['a'])).toBe('a');
    expect(listing(['a', 'b', 'c'])).toBe('a, b and c');
    expect(listing(['a', 'b'], 'or')).toBe('a or b');
    expect(someOf(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more');
  });

  it('files stand below their folder, once', () => {
    expect(fileTree(['t/a/x.yaml', 't/a/y.yaml', 't/b/z.yaml'])).toBe(
      't/a/\n├── x.yaml\n└── y.yaml\nt/b/\n└── z.yaml',
    );
    expect(foldersOf(['t/a/x.yaml', 't/a/y.yaml', 'top.yaml'])).toEqual(['t/a', '']);
  });
});
