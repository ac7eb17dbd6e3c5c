import { createIdBook } from '../../../src/adapters/github/id-book.ts';
import type { TreeFile } from '../../../src/adapters/github/read-tree.ts';
import { createCommitMemory } from '../../../src/adapters/github/repository-memory.ts';
import { createTextCache } from '../../../src/adapters/github/text-cache.ts';
import type { CommitSha, RepoName } from '../../../src/domain/ids.ts';

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

describe('remembered commits', () => {
  const repo = 'o/r' as RepoName;
  const sha = (name: string) => name as CommitSha;
  const files = (count: number, kind: string): readonly TreeFile[] =>
    Array.from({ length: count }, (_, n) => {
      return { path: `${kind}/${n}`, oid: `${kind}${n}`, bytes: 1, isLink: false };
    });
  const known = (memory: ReturnType<typeof createCommitMemory>, ...names: string[]) =>
    names.filter((name) => memory.get(repo, sha(name)) !== undefined);

  it('are the last few; those not used for longest go first', () => {
    const memory = createCommitMemory(3, 100);
    for (const name of ['a', 'b', 'c']) memory.put(repo, sha(name), files(1, name));
    memory.get(repo, sha('a'));
    memory.put(repo, sha('d'), files(1, 'd'));
    expect(known(memory, 'a', 'b', 'c', 'd')).toEqual(['a', 'c', 'd']);
  });

  it('stay within a number of files, but for the last one', () => {
    const memory = createCommitMemory(10, 100);
    for (const name of ['a', 'b', 'c']) memory.put(repo, sha(name), files(40, name));
    expect(known(memory, 'a', 'b', 'c')).toEqual(['b', 'c']);
    memory.put(repo, sha('large'), files(1_000, 'large'));
    expect(known(memory, 'b', 'c', 'large')).toEqual(['large']);
  });

  it('find files by their blobs', () => {
    const memory = createCommitMemory();
    memory.put(repo, sha('a'), files(3, 'a'));
    expect([...memory.find(new Set(['a1', 'none'])).values()].map(({ path }) => path)).toEqual(['a/1']);
  });

  it('are told apart by repository', () => {
    const memory = createCommitMemory();
    memory.put(repo, sha('a'), files(3, 'a'));
    expect(memory.get('o/other' as RepoName, sha('a'))).toBeUndefined();
  });
});
