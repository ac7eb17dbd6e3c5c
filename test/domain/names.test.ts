import fc from 'fast-check';
import {
  isDnsLabel,
  isLabelKey,
  isLabelValue,
  matchesReserved,
  matchesWhole,
  refuseName,
  suggestName,
} from '../../src/domain/names.ts';
import { hostileTexts, policyOf, samplePlatform } from './samples.ts';

const rules = policyOf().names;

describe("a tenant's name", () => {
  it.each(['a', 'shop', 'team-shop', '1password', 'a1', 'x'.repeat(63), 'kubernetes', 'systems'])(
    '%s is taken',
    (name) => {
      expect(refuseName(name, rules, samplePlatform())).toBeUndefined();
    },
  );

  it.each([
    ['', 'name-empty'],
    ['Shop', 'name-form'],
    ['-shop', 'name-form'],
    ['shop-', 'name-form'],
    ['shop.eu', 'name-form'],
    ['my_shop', 'name-form'],
    ['shöp', 'name-form'],
    ['shop\n', 'name-form'],
    ['../shop', 'name-form'],
    ['x'.repeat(64), 'name-too-long'],
    ['default', 'name-reserved'],
    ['kube-system', 'name-reserved'],
    ['kube-x', 'name-reserved'],
    ['flux-system', 'name-reserved'],
    ['my-system', 'name-reserved'],
    ['common', 'name-reserved'],
    ['mgmt', 'name-reserved'],
    ['one', 'name-taken'],
    ['ingress-nginx', 'name-taken'],
    ['prod-common', 'name-taken'],
  ])('%j is refused: %s', (name, code) => {
    expect(refuseName(name, rules, samplePlatform())).toMatchObject({ code });
  });

  it('says who has the name', () => {
    expect(refuseName('two', rules, samplePlatform())).toEqual({ code: 'name-taken', by: 'cluster' });
    expect(refuseName('ingress-nginx', rules, samplePlatform())).toEqual({
      code: 'name-taken',
      by: 'feature',
    });
    expect(refuseName('prod-common', rules, samplePlatform())).toEqual({
      code: 'name-taken',
      by: 'namespace',
    });
  });

  it('follows the pattern and the length of the policy', () => {
    const own = { ...rules, pattern: 'team-[a-z]+', maxLength: 10 };
    expect(refuseName('team-a', own, undefined)).toBeUndefined();
    expect(refuseName('xteam-a', own, undefined)).toEqual({ code: 'name-pattern', pattern: 'team-[a-z]+' });
    expect(refuseName('team-abcdefg', own, undefined)).toEqual({
      code: 'name-too-long',
      maximum: 10,
      length: 12,
    });
  });

  it.each([
    ['My Shop!', 'my-shop'],
    ['Team_Größe', 'team-gro-e'],
    ['--x--', 'x'],
    ['ÄÖÜ', 'aou'],
    ['!!!', undefined],
  ])('%j brings the proposal %j', (text, proposal) => {
    expect(suggestName(text, 63)).toBe(proposal);
  });

  it('is only ever refused or a DNS label, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostileTexts)), (text) => {
        if (refuseName(text, rules, undefined) === undefined)
          expect(text).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
        const proposal = suggestName(text, 63);
        if (proposal !== undefined) expect(isDnsLabel(proposal)).toBe(true);
      }),
    );
  });
});

describe('a reserved name', () => {
  it.each([
    ['kube-*', 'kube-', true],
    ['kube-*', 'kube', false],
    ['*-system', '-system', true],
    ['*-system', 'system', false],
    ['a*b*c', 'abc', true],
    ['a*b*c', 'axxbyyc', true],
    ['a*b*c', 'acb', false],
    ['a*a', 'a', false],
    ['*', 'anything', true],
    ['**x', 'x', true],
  ])('%s against %s: %s', (reserved, name, is) => {
    expect(matchesReserved(name, reserved)).toBe(is);
  });

  it('matches as a regular expression of the same meaning does', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 8 });
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 5 }),
        letters,
        (reserved, name) => {
          expect(matchesReserved(name, reserved)).toBe(
            new RegExp(`^${reserved.replaceAll('*', '.*')}$`).test(name),
          );
        },
      ),
    );
  });
});

describe('labels and patterns', () => {
  it.each([
    ['example.com/cost-centre', true],
    ['team', true],
    ['a/b/c', false],
    ['/x', false],
    ['x/', false],
    ['UPPER.example/x', false],
    [`${'a'.repeat(64)}`, false],
  ])('key %s: %s', (key, is) => {
    expect(isLabelKey(key)).toBe(is);
  });

  it.each([
    ['', true],
    ['A_b.c-1', true],
    ['-x', false],
    ['a b', false],
    ['x'.repeat(64), false],
  ])('value %j: %s', (value, is) => {
    expect(isLabelValue(value)).toBe(is);
  });

  it('matches the whole value, alternatives included', () => {
    expect(matchesWhole('ab', 'a|b')).toBe(false);
    expect(matchesWhole('b', 'a|b')).toBe(true);
  });
});
