import type { Policy } from '../policy.ts';
import { compareAmounts, parseQuantity, quantityFault } from '../quantity.ts';
import type { ComputeQuota, Size } from '../tenant-request.ts';
import type { Refusal } from './refusal.ts';
import { type FormValues, fieldLimits, type QuantityField, quantityFields } from './values.ts';

/** The value of the size field that stands for own figures. */
export const ownSize = 'own';

/** The fields of a form that tell a size. */
export type SizeValues = Pick<FormValues, 'size' | QuantityField>;

/** Reads the size that was chosen. */
export function readSize(
  values: SizeValues,
  policy: Policy,
): { readonly size: Size; readonly refusals: readonly Refusal[] } {
  if (values.size === ownSize) {
    const compute = ownFigures(values);
    return { size: { kind: 'own', compute }, refusals: refuseFigures(compute, policy) };
  }
  const known = Object.keys(policy.sizes.named);
  const size = { kind: 'named', name: values.size } as const;
  if (values.size === '') return { size, refusals: [{ field: 'size', code: 'none-chosen' }] };
  if (known.includes(values.size)) return { size, refusals: [] };
  return {
    size,
    refusals: [{ field: 'size', code: 'unknown-choice', choice: values.size, known: [...known, ownSize] }],
  };
}

/** The compute quota that a size stands for; undefined when the policy has no size of that name. */
export function computeOf(size: Size, policy: Policy): ComputeQuota | undefined {
  if (size.kind === 'own') return size.compute;
  return Object.hasOwn(policy.sizes.named, size.name) ? policy.sizes.named[size.name] : undefined;
}

function ownFigures(values: SizeValues): ComputeQuota {
  return {
    requestsMemory: values.requestsMemory.trim(),
    limitsMemory: values.limitsMemory.trim(),
    requestsCpu: values.requestsCpu.trim(),
    limitsCpu: values.limitsCpu.trim(),
  };
}

function refuseFigures(compute: ComputeQuota, policy: Policy): readonly Refusal[] {
  const refusals = quantityFields.flatMap((field) => refuseFigure(field, compute[field], policy) ?? []);
  if (refusals.length > 0) return refusals;
  return (['Memory', 'Cpu'] as const).flatMap((kind): Refusal[] => {
    const [field, limits] = [`requests${kind}`, compute[`limits${kind}`]] as const;
    return isMore(compute[field], limits) ? [{ field, code: 'requests-above-limits', limits }] : [];
  });
}

function refuseFigure(field: QuantityField, text: string, policy: Policy): Refusal | undefined {
  if (text === '') return { field, code: 'quantity-empty' };
  const fault =
    text.length > fieldLimits.quantity
      ? 'form'
      : quantityFault(text, field.endsWith('Cpu') ? 'cpu' : 'memory');
  if (fault !== undefined)
    return { field, code: 'quantity-unreadable', fault, text: text.slice(0, fieldLimits.quantity) };
  const maximum = policy.sizes.maximum[field];
  return isMore(text, maximum) ? { field, code: 'above-maximum', maximum } : undefined;
}

function isMore(text: string, than: string): boolean {
  const [amount, other] = [parseQuantity(text), parseQuantity(than)];
  return amount !== undefined && other !== undefined && compareAmounts(amount, other) > 0;
}
