import { createIdBook } from '../../../src/adapters/github/id-book.ts';
import { createTextCache } from '../../../src/adapters/github/text-cache.ts';

describe('remembered texts', () => {
  it('stay within their bytes; those not used for longest go first', () => {
    const cache = createTextCache(3 * 300);
    for (const oid of ['a', 'b', 'c']) cache.put(oid, 'x'.repeat(100));
    cache.get('a');
    cache.put('d', 'x'.repeat(100));
    expect(['a', 'b', 'c', 'd'].map((oid) => cache.get(oid) !== undefined)).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  it('count bytes, not letters, and do not grow by being put again', () => {
    const cache = createTextCache(1_000);
    for (let n = 0; n < 50; n += 1) cache.put('same', 'é'.repeat(350));
    expect(cache.get('same')).toHaveLength(350);
    cache.put('none', null);
    expect(cache.get('same')).toBeUndefined();
  });

  it('know that a blob has no text', () => {
    const cache = createTextCache(1_000);
    cache.put('binary', null);
    expect(cache.get('binary')).toBeNull();
  });
});

describe('remembered ids', () => {
  it('are forgotten after an hour, unknown names after ten minutes', () => {
    let time = 0;
    const book = createIdBook(() => time);
    book.put('label:x', 'L_1');
    book.put('label:y', null);
    expect([book.get('label:x'), book.get('label:y')]).toEqual(['L_1', null]);
    time = 600_000;
    expect([book.get('label:x'), book.get('label:y')]).toEqual(['L_1', undefined]);
    time = 3_600_000;
    expect(book.get('label:x')).toBeUndefined();
  });

  it('stay bounded', () => {
    const book = createIdBook(() => 0);
    for (let n = 0; n < 6_000; n += 1) book.put(`pull:${n}`, 'PR');
    expect([book.get('pull:0'), book.get('pull:5999')]).toEqual([undefined, 'PR']);
  });
});
