import fc from 'fast-check';
import { createProofs, createSigner } from '../../../src/adapters/github/ledger/ledger-keys.ts';
import { extendChain, type LedgerEntry, signRecord, verifyLedger } from '../../../src/domain/change/chain.ts';
import { compareFiles, recordOfMessage } from '../../../src/domain/change/compare-files.ts';
import { parseRecord } from '../../../src/domain/change/record-schema.ts';
import { canonicalJson, recordPath, recordText } from '../../../src/domain/change/record-text.ts';
import { DEEDS, entryOf, fresh, KEY, newKey, PROOFS, SIGNER, sampleRecords } from './ledger-samples.ts';

const COUNT = DEEDS.length + 3;
const records = sampleRecords(COUNT);
const entries = records.map(entryOf);
const known = verifyLedger(entries, PROOFS).last;
const index = fc.nat({ max: COUNT - 1 });
const whyOf = (changed: readonly LedgerEntry[], seen = known) =>
  verifyLedger(changed, PROOFS, seen).damage.map(({ why }) => why);

describe('a ledger in order', () => {
  it('gives back every record, whatever was done, and no damage', () => {
    const { damage, records: read } = verifyLedger(entries, PROOFS, known);
    expect(damage).toEqual([]);
    expect(read).toEqual(records);
  });

  it('is the same read at once and bit by bit', () => {
    fc.assert(
      fc.property(index, (at) => {
        const half = extendChain(verifyLedger(entries.slice(0, at), PROOFS), entries.slice(at), PROOFS);
        expect(half).toEqual(verifyLedger(entries, PROOFS));
      }),
      { numRuns: 10 },
    );
  });

  it('is empty without records', () => {
    expect(verifyLedger([], PROOFS)).toMatchObject({ records: [], damage: [], last: undefined });
  });

  it('counts records that an old key signed, once that is known', () => {
    const young = newKey();
    const next = signRecord(fresh(COUNT + 1), known, createSigner(young.privateKeyPem));
    const both = createProofs([young.publicKeyPem, KEY.publicKeyPem]);
    expect(verifyLedger([...entries, entryOf(next)], both).damage).toEqual([]);
    expect(verifyLedger([...entries, entryOf(next)], PROOFS).damage).toEqual([
      { why: 'unknown-key', where: 'records/2026/06/deed-19.json' },
    ]);
  });
});

describe('damage', () => {
  it('is any edit of one character', () => {
    fc.assert(
      fc.property(index, fc.nat(), fc.constantFrom('0', 'a', 'A', ' ', '"', '}', '='), (at, spot, letter) => {
        const { where, text } = entries[at] as LedgerEntry;
        const place = spot % text.length;
        const edited = text.slice(0, place) + letter + text.slice(place + 1);
        fc.pre(edited !== text);
        const chain = verifyLedger(entries.with(at, { where, text: edited }), PROOFS, known);
        expect(chain.damage.length).toBeGreaterThan(0);
        expect(chain.records.map(({ id }) => id)).not.toContain(records[at]?.id);
      }),
      { numRuns: 200 },
    );
  });

  it('is a record left out, the last ones too when they were seen before', () => {
    fc.assert(
      fc.property(index, fc.integer({ min: 1, max: 4 }), (at, many) => {
        const why = whyOf(entries.toSpliced(at, many));
        expect(why).toEqual([at + many >= COUNT ? 'rewritten' : 'broken-chain']);
      }),
    );
  });

  it('is two records in each other’s place', () => {
    fc.assert(
      fc.property(index, index, (a, b) => {
        fc.pre(a !== b);
        const swapped = entries.with(a, entries[b] as LedgerEntry).with(b, entries[a] as LedgerEntry);
        expect(whyOf(swapped)).toContain('broken-chain');
      }),
    );
  });

  it('is a valid record that comes again, anywhere after itself', () => {
    fc.assert(
      fc.property(index, fc.nat(), (at, later) => {
        const spot = at + 1 + (later % (COUNT - at));
        const chain = verifyLedger(entries.toSpliced(spot, 0, entries[at] as LedgerEntry), PROOFS, known);
        expect(chain.damage).toEqual([{ why: 'repeated', where: `records/2026/06/deed-${at + 1}.json` }]);
        expect(chain.records).toEqual(records);
      }),
    );
  });

  it('is a record that somebody else signed in our name, and one that no version of us wrote', () => {
    const stranger = { ...createSigner(newKey().privateKeyPem), key: SIGNER.key };
    const forged = signRecord(fresh(COUNT + 1), known, stranger);
    const strange = { where: 'commit-x', text: '{"v":2}\n' };
    expect(whyOf([...entries, entryOf(forged), strange])).toEqual(['forged', 'unreadable']);
  });

  it('is the same record written in another way', () => {
    const last = entries.at(-1) as LedgerEntry;
    const spaced = { ...last, text: last.text.replace('{', '{ ') };
    const padded = (text: string) => text.replace(/"signature":"([^"]*)=="/, '"signature":"$1"');
    expect(whyOf([...entries.slice(0, -1), spaced])).toEqual(['edited', 'rewritten']);
    expect(whyOf([...entries.slice(0, -1), { ...last, text: padded(last.text) }])).toEqual([
      'forged',
      'rewritten',
    ]);
  });

  it('stays to be seen after records were cut off and others follow', () => {
    const cut = verifyLedger(entries.slice(0, 3), PROOFS, known);
    const next = signRecord(fresh(COUNT + 1), cut.last, SIGNER);
    const chain = verifyLedger([...entries.slice(0, 3), entryOf(next)], PROOFS);
    expect(chain.damage.map(({ why }) => why)).toEqual(['broken-chain']);
  });

  it('is another ledger put in its place, signed by the same key', () => {
    const other = signRecord({ ...fresh(1), id: 'other-1' }, undefined, SIGNER);
    expect(whyOf([entryOf(other)])).toEqual(['rewritten']);
  });
});

describe('the files of a ledger', () => {
  const oid = (text: string) => PROOFS.sha256(text);
  const files = records.map((record) => ({ path: recordPath(record), oid: oid(recordText(record)) }));
  const first = files[0] as (typeof files)[number];
  const none = new Set<string>();

  it.each([
    ['all there', files, []],
    ['others beside them', [...files, { path: 'README.md', oid: 'x' }], []],
    ['one missing', files.slice(1), [{ why: 'deleted', where: first.path }]],
    ['one changed', files.with(0, { ...first, oid: 'x' }), [{ why: 'edited', where: first.path }]],
    [
      'one too many',
      [...files, { path: 'records/2026/06/x.json', oid: 'x' }],
      [{ why: 'forged', where: 'records/2026/06/x.json' }],
    ],
  ])('%s', (_, found, damage) => {
    expect(compareFiles(records, found, oid, none)).toEqual(damage);
  });

  it('are not named twice', () => {
    expect(compareFiles([], [first], oid, new Set([first.path]))).toEqual([]);
  });
});

describe('a record', () => {
  it('is found below the headline of a commit, and only there', () => {
    const text = recordText(records[2] ?? (records[0] as never));
    expect(recordOfMessage(`record 3\n\n${text}`)).toBe(text);
    expect(recordOfMessage(`record 3\n\n${text.trimEnd()}`)).toBe(text);
    expect(recordOfMessage('{"v":1}')).toBeUndefined();
    expect(recordOfMessage('docs: add\n\na page')).toBeUndefined();
  });

  it('is not one whose id could name another place', () => {
    for (const id of ['../x', 'a/b', '', '.x', 'a b', 'x'.repeat(151)]) {
      expect(parseRecord({ ...records[0], id })).toBeUndefined();
    }
  });

  it('has one text, in whatever order its parts come', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const backwards = Object.fromEntries(Object.entries(value).reverse());
        fc.pre(!('__proto__' in value && Object.hasOwn(value, '__proto__')));
        expect(canonicalJson(backwards)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
