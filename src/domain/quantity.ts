/** An exact amount: `numerator / denominator`, the denominator above zero. */
export interface Amount {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const binary = new Map(
  ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((suffix, index) => [suffix, 10n * BigInt(index + 1)]),
);
const decimal = new Map(
  ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'].map((suffix, index) => [suffix, 3 * (index - 3)]),
);
const shape = /^([0-9]{1,40})(?:\.([0-9]{0,40}))?(?:([eE])([+-]?[0-9]{1,2})|([KMGTPE]i|[numkMGTPE])?)$/;

/**
 * Reads a Kubernetes quantity (`1Gi`, `500m`, `1.5`, `1e3`) exactly. Signs are refused: no figure of ours is
 * negative. So are more than 40 digits and exponents of more than two: no cluster holds that much.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 * @returns undefined for what Kubernetes would refuse.
 */
export function parseQuantity(text: string): Amount | undefined {
  const match = shape.exec(text);
  if (match === null) return undefined;
  const [, whole = '', fraction = '', exponentMark, exponent = '0', suffix = ''] = match;
  const digits = BigInt(whole + fraction);
  const shift = binary.get(suffix);
  if (shift !== undefined) return scale(digits << shift, -fraction.length);
  const power = exponentMark === undefined ? (decimal.get(suffix) ?? 0) : Number(exponent);
  return scale(digits, power - fraction.length);
}

function scale(digits: bigint, power: number): Amount {
  return power >= 0
    ? { numerator: digits * 10n ** BigInt(power), denominator: 1n }
    : { numerator: digits, denominator: 10n ** BigInt(-power) };
}

/** Negative when `a` is less than `b`, zero when they are the same amount, positive when it is more. */
export function compareAmounts(a: Amount, b: Amount): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Whether the amount is a whole multiple of one `1 / parts`: 1 for whole units, 1000 for thousandths. */
export function isWhole(amount: Amount, parts: bigint): boolean {
  return (amount.numerator * parts) % amount.denominator === 0n;
}

export type QuantityFault = 'form' | 'zero' | 'too-fine';

/**
 * Why a figure cannot stand in a quota: not a quantity, nothing at all, or finer than a byte of memory or a
 * thousandth of a processor, which is the finest that Kubernetes keeps.
 */
export function quantityFault(text: string, resource: 'cpu' | 'memory'): QuantityFault | undefined {
  const amount = parseQuantity(text);
  if (amount === undefined) return 'form';
  if (amount.numerator === 0n) return 'zero';
  return isWhole(amount, resource === 'cpu' ? 1000n : 1n) ? undefined : 'too-fine';
}
