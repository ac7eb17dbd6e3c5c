import fc from 'fast-check';
import { ListScanner } from '../../../src/adapters/kubernetes/list-scanner.ts';

interface Scanned {
  readonly items: unknown[];
  metadata: unknown;
}

/** Scans a text that arrives cut at these places. */
function scan(text: string, cuts: readonly number[] = []): Scanned {
  const scanned: Scanned = { items: [], metadata: undefined };
  const scanner = new ListScanner({
    item: (each) => scanned.items.push(JSON.parse(each)),
    metadata(each) {
      scanned.metadata = JSON.parse(each);
    },
  });
  const whole = Buffer.from(text);
  let from = 0;
  for (const cut of cuts.map((each) => each % (whole.length + 1)).sort((a, b) => a - b)) {
    scanner.push(whole.subarray(from, cut));
    from = cut;
  }
  scanner.push(whole.subarray(from));
  scanner.end();
  return scanned;
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('"', '\\', '\\"', '}', ']', '"inventory":{', 'items', '💥"', '\\\\'),
);
const bulk = fc.constantFrom('managedFields', 'inventory', 'history', 'items', 'metadata');
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(null, true, false),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(text, bulk), tie('value'), { maxKeys: 4 }),
  ),
})).value;
const object = fc.dictionary(fc.oneof(text, bulk), value, { maxKeys: 5 });

/** What is left of an object once its bulk is cut out. */
function left(of: unknown): unknown {
  if (Array.isArray(of)) return of.map(left);
  if (typeof of !== 'object' || of === null) return of;
  const entries = Object.entries(of).map(([key, each]) => {
    const isCut = ['managedFields', 'inventory', 'history'].includes(key) && typeof each === 'object';
    return [key, isCut ? null : left(each)] as const;
  });
  return Object.fromEntries(entries);
}

describe('a list that arrives in pieces', () => {
  it('is the same however it is cut', () => {
    const pretty = fc.constantFrom(undefined, 2, '\t');
    fc.assert(
      fc.property(
        fc.array(object, { maxLength: 4 }),
        object,
        object,
        fc.array(fc.nat(), { maxLength: 12 }),
        pretty,
        (items, metadata, more, cuts, space) => {
          const list = { kind: 'List', ...more, metadata, items };
          const scanned = scan(JSON.stringify(list, undefined, space), cuts);
          // A colon that a space precedes is no sign of bulk; then nothing is cut out, which is slower and no more.
          const expected = JSON.parse(JSON.stringify(items));
          expect(scanned.items.map(left)).toEqual(expected.map(left));
          expect(scanned.metadata).toEqual(JSON.parse(JSON.stringify(metadata)));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is read byte by byte', () => {
    const list = { metadata: { a: '\\"' }, items: [{ name: 'x"}]\\', é: '💥' }, {}] };
    const written = JSON.stringify(list);
    const everywhere = Array.from({ length: Buffer.byteLength(written) }, (_, at) => at);
    expect(scan(written, everywhere)).toEqual(list);
  });

  it('brings its objects without their bulk', () => {
    const inventory = { entries: [{ id: 'a_b' }, { inventory: {} }] };
    const metadata = { name: 'inventory', managedFields: [{ 'f:status': {} }] };
    const list = { metadata: {}, items: [{ metadata, status: { inventory, history: [{}], ready: true } }] };
    expect(scan(JSON.stringify(list)).items).toEqual([
      {
        metadata: { name: 'inventory', managedFields: null },
        status: { inventory: null, history: null, ready: true },
      },
    ]);
  });

  it.each([
    ['without objects', '{"metadata":{},"items":[]}', []],
    ['with none to be read', '{"metadata":{},"items":null}', []],
    ['that ends in a line end', '{"items":[{}],"metadata":{}}\n', [{}]],
    ['with other lists in it', '{"others":[[{"items":[1]}]],"items":[{"a":1}],"n":3}', [{ a: 1 }]],
  ])('may be one %s', (_, written, items) => {
    expect(scan(written).items).toEqual(items);
  });

  it.each([
    ['nothing', ''],
    ['a page for people', '<html></html>'],
    ['only its beginning', '{"metadata":{},"items":[{"a":1}'],
    ['an object that does not end', '{"metadata":{},"items":[{"a":"'],
    ['a list of texts', '{"items":["a"]}'],
    ['a list of nothing', '{"items":[null]}'],
    ['two lists', '{"items":[]}{"items":[]}'],
    ['a list alone', '[{}]'],
    ['no key', '{1:2}'],
  ])('is none when there is %s', (_, written) => {
    expect(() => scan(written)).toThrow(SyntaxError);
  });
});
