import fc from 'fast-check';
import type { Subject, Turn } from '../../../src/domain/change/record.ts';
import { isSameSubject } from '../../../src/domain/change/same-subject.ts';
import { whatChanged } from '../../../src/domain/change/what-changed.ts';
import { sha, subject, turn } from './change-samples.ts';

const withTurn = (over: Partial<Turn>): Subject => ({ ...subject, turns: [{ ...turn, ...over }] });

describe('what has changed since an approval', () => {
  it.each<[string, Subject, readonly string[]]>([
    ['nothing', subject, []],
    ['a push', { ...subject, head: sha('b') }, ['the head: aaaaaaa → bbbbbbb']],
    [
      'another tag',
      withTurn({ to: 'tag v1.2.0', target: sha('3') }),
      ['what release will follow: tag v1.1.0 → tag v1.2.0'],
    ],
    ['a moved tag', withTurn({ target: sha('3') }), ['the commit of tag v1.1.0: 2222222 → 3333333']],
    ['a deleted tag', withTurn({ target: undefined }), ['the commit of tag v1.1.0: 2222222 → none']],
    [
      'another promotion merged',
      withTurn({ from: 'tag v1.0.1', running: sha('4') }),
      ['what runs now: tag v1.0.0 at 1111111 → tag v1.0.1 at 4444444'],
    ],
    [
      'what runs moved',
      withTurn({ running: sha('4') }),
      ['what runs now: tag v1.0.0 at 1111111 → tag v1.0.0 at 4444444'],
    ],
    ['a source less', { ...subject, turns: [] }, ['release is turned no more']],
    [
      'a source more',
      { ...subject, turns: [turn, { ...turn, source: 'mgmt/aws:flux-system/other' }] },
      ['other is turned as well'],
    ],
  ])('%s', (_what, after, expected) => expect(whatChanged(subject, after)).toEqual(expected));

  it('is nothing exactly when the two are the same', () => {
    const commit = fc.constantFrom(sha('1'), sha('2'), undefined);
    const ref = fc.constantFrom('tag v1', 'tag v2', 'branch main');
    const turns = fc.uniqueArray(
      fc.record({
        source: fc.constantFrom('m:f/a', 'm:f/b'),
        from: ref,
        running: commit,
        to: ref,
        target: commit,
      }),
      { selector: ({ source }) => source, maxLength: 2 },
    );
    const any = fc.record({
      pull: fc.constant(7),
      head: fc.constantFrom(sha('a'), sha('b')),
      turns: turns.map((all) => all.toSorted((one, other) => (one.source < other.source ? -1 : 1))),
    });
    fc.assert(
      fc.property(any, any, (one, other) => {
        expect(whatChanged(one, other).length === 0).toBe(isSameSubject(one, other));
      }),
    );
  });
});
