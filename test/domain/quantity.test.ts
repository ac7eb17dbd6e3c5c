import fc from 'fast-check';
import { compareAmounts, isWhole, parseQuantity, quantityFault } from '../../src/domain/quantity.ts';

const refused = [
  '',
  ' ',
  '1 Gi',
  '1.5.0',
  'abc',
  '-1',
  '+1',
  '1gi',
  '1KI',
  '1ki',
  'Gi',
  '.',
  '.5',
  '1e',
  '1e1.5',
  '1eK',
  '0x10',
  '１',
  '1\n',
  '1e999',
  `${'9'.repeat(41)}`,
  'NaN',
  'Infinity',
  '1m m',
  '1mi',
  '1_000',
  '1,5',
  '--1',
  '1Gi1',
];

describe('a quantity', () => {
  it.each(refused)('%j is refused', (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  });

  it.each([
    ['1Gi', '1024Mi'],
    ['1Gi', '1073741824'],
    ['1.5Gi', '1536Mi'],
    ['1000m', '1'],
    ['0.5', '500m'],
    ['1.', '1'],
    ['1k', '1000'],
    ['1e3', '1k'],
    ['1E3', '1000'],
    ['1E', '1e18'],
    ['5e-1', '500m'],
    ['1000000n', '1m'],
    ['1000u', '1m'],
    ['00100m', '0.1'],
    ['1M', '1000k'],
    ['1Ei', '1024Pi'],
    ['1Ti', '1099511627776'],
    ['2P', '2000T'],
  ])('%s is as much as %s', (one, other) => {
    expect(compareAmounts(amount(one), amount(other))).toBe(0);
  });

  it.each([
    ['1G', '1Gi'],
    ['999m', '1'],
    ['0', '1n'],
    ['9007199254740993', '9007199254740994'],
    ['15.9999999999999999999Gi', '16Gi'],
  ])('%s is less than %s', (less, more) => {
    expect(compareAmounts(amount(less), amount(more))).toBe(-1);
    expect(compareAmounts(amount(more), amount(less))).toBe(1);
  });

  it('is compared exactly, however large', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 30n }),
        fc.bigInt({ min: 0n, max: 10n ** 30n }),
        (a, b) => {
          const expected = a < b ? -1 : a > b ? 1 : 0;
          expect(compareAmounts(amount(`${a}`), amount(`${b}`))).toBe(expected);
          expect(compareAmounts(amount(`${a}m`), amount(`${b}m`))).toBe(expected);
          expect(compareAmounts(amount(`${a}Gi`), amount(`${b}Gi`))).toBe(expected);
        },
      ),
    );
  });

  it('means the same with its unit written out', () => {
    const units = {
      m: [1n, 1000n],
      '': [1n, 1n],
      k: [1000n, 1n],
      Mi: [1n << 20n, 1n],
      Ti: [1n << 40n, 1n],
    } as const;
    fc.assert(
      fc.property(
        fc.nat({ max: 1e9 }),
        fc.constantFrom(...Object.entries(units)),
        (digits, [unit, [up, down]]) => {
          const { numerator, denominator } = amount(`${digits}${unit}`);
          expect(numerator * down).toBe(BigInt(digits) * up * denominator);
        },
      ),
    );
  });

  it('never throws and never takes what has anything but digits, a dot and a unit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        if (parseQuantity(text) !== undefined)
          expect(text).toMatch(/^\d+\.?\d*([eE][+-]?\d+|[KMGTPE]i|[numkMGTPE]?)$/);
      }),
    );
  });

  it.each([
    ['512Mi', 'memory', undefined],
    ['1.5Gi', 'memory', undefined],
    ['0.5', 'memory', 'too-fine'],
    ['1000m', 'memory', undefined],
    ['500m', 'memory', 'too-fine'],
    ['0.1Gi', 'memory', 'too-fine'],
    ['0', 'memory', 'zero'],
    ['0Gi', 'memory', 'zero'],
    ['1', 'cpu', undefined],
    ['0.001', 'cpu', undefined],
    ['1m', 'cpu', undefined],
    ['0.5m', 'cpu', 'too-fine'],
    ['100u', 'cpu', 'too-fine'],
    ['one', 'cpu', 'form'],
  ] as const)('%s of %s: %s', (text, resource, fault) => {
    expect(quantityFault(text, resource)).toBe(fault);
  });

  it('knows wholes', () => {
    expect(isWhole(amount('1.5'), 1n)).toBe(false);
    expect(isWhole(amount('1.5'), 10n)).toBe(true);
  });
});

function amount(text: string) {
  const read = parseQuantity(text);
  if (read === undefined) throw new Error(`${text} was not read`);
  return read;
}
