import fc from 'fast-check';

import { jsonPatch, mergePatch } from '../../../sandbox/kubernetes/api/json-patch.ts';
import { goDuration, parseDuration } from '../../../sandbox/kubernetes/flux/duration.ts';
import { identityOf, idOf } from '../../../sandbox/kubernetes/flux/inventory.ts';
import { mergeManifest } from '../../../sandbox/kubernetes/flux/merge-manifest.ts';
import { WorkQueue } from '../../../sandbox/kubernetes/flux/work-queue.ts';
import { same } from '../../../sandbox/kubernetes/same.ts';

describe('durations', () => {
  it.each([
    ['5m0s', 300_000],
    ['1h30m', 5_400_000],
    ['250ms', 250],
    ['1.5s', 1_500],
    ['5', undefined],
    ['', undefined],
    ['5d', undefined],
  ])('%s is %s ms', (text, ms) => expect(parseDuration(text)).toBe(ms));

  it('are read as they are written', () => {
    fc.assert(fc.property(fc.nat(10_000_000), (ms) => expect(parseDuration(goDuration(ms))).toBe(ms)));
  });
});

describe('entries of an inventory', () => {
  const part = fc.stringMatching(/^[a-z][a-z0-9.-]{0,12}$/);

  it('name the object that they were made of', () => {
    fc.assert(
      fc.property(part, part, part, (namespace, name, group) => {
        const id = idOf({
          apiVersion: `${group}/v1`,
          kind: 'Thing',
          metadata: { name: `system:${name}`, namespace },
        });
        expect(identityOf(id)).toEqual({ namespace, name: `system:${name}`, group, kind: 'Thing' });
      }),
    );
    expect(idOf({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } })).toBe('_a__Namespace');
  });
});

describe('patches', () => {
  const document = { a: { b: [1, 2] }, 'c/d': 'e' };

  it.each([
    [[{ op: 'add', path: '/a/b/-', value: 3 }], { a: { b: [1, 2, 3] }, 'c/d': 'e' }],
    [[{ op: 'add', path: '/a/b/0', value: 0 }], { a: { b: [0, 1, 2] }, 'c/d': 'e' }],
    [[{ op: 'replace', path: '/a/b/1', value: 9 }], { a: { b: [1, 9] }, 'c/d': 'e' }],
    [[{ op: 'remove', path: '/a/b/0' }], { a: { b: [2] }, 'c/d': 'e' }],
    [[{ op: 'remove', path: '/c~1d' }], { a: { b: [1, 2] } }],
    [[{ op: 'move', from: '/c~1d', path: '/f' }], { a: { b: [1, 2] }, f: 'e' }],
    [[{ op: 'copy', from: '/a/b', path: '/f' }], { a: { b: [1, 2] }, 'c/d': 'e', f: [1, 2] }],
  ] as const)('%j', (operations, expected) => expect(jsonPatch(document, operations)).toEqual(expected));

  it('merge, and take away what is null', () => {
    expect(mergePatch(document, { a: { b: null, n: 1 }, 'c/d': 'f' })).toEqual({ a: { n: 1 }, 'c/d': 'f' });
  });

  it('leave the document that they change alone', () => {
    const before = structuredClone(document);
    jsonPatch(document, [{ op: 'add', path: '/a/b/-', value: 3 }]);
    expect(document).toEqual(before);
  });
});

describe('applying a manifest', () => {
  const fields = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.nat(3));

  it('sets what it says, takes back what it said before, and leaves the rest', () => {
    fc.assert(
      fc.property(fields, fields, fields, (foreign, before, next) => {
        const live = {
          ...before,
          ...Object.fromEntries(Object.entries(foreign).map(([name, value]) => [`x${name}`, value])),
        };
        const expected = {
          ...next,
          ...Object.fromEntries(Object.entries(live).filter(([name]) => name.startsWith('x'))),
        };
        expect(same(mergeManifest(live, before, next), expected)).toBe(true);
      }),
    );
  });
});

describe('a queue of work', () => {
  it('does one key once at a time, and again when it was asked meanwhile', async () => {
    const log: string[] = [];
    const queue = new WorkQueue(async (key) => {
      log.push(`begin ${key}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      log.push(`end ${key}`);
    }, 10);
    queue.add('a');
    queue.add('a');
    await new Promise((resolve) => setTimeout(resolve, 2));
    queue.add('a');
    queue.add('a');
    await queue.idle();
    expect(log).toEqual(['begin a', 'end a', 'begin a', 'end a']);
    queue.close();
    queue.add('a');
    expect(log).toHaveLength(4);
  });

  it('does so many keys at a time and no more, and survives one that fails', async () => {
    let running = 0;
    let most = 0;
    const failures: unknown[] = [];
    const print = console.error;
    console.error = (...words: unknown[]) => void failures.push(words);
    const queue = new WorkQueue(async (key) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running -= 1;
      if (key === '3') throw new Error('no');
    }, 4);
    for (let at = 0; at < 20; at += 1) queue.add(String(at));
    await queue.idle();
    console.error = print;
    expect([most, running, failures.length]).toEqual([4, 0, 1]);
  });
});
