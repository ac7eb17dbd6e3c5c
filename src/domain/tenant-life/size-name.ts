import type { Policy } from '../policy.ts';
import { compareAmounts, parseQuantity } from '../quantity.ts';
import type { ComputeQuota } from '../tenant-request.ts';
import { computeFigures } from './compute-quota.ts';

/** The name of the policy's size that these figures are, however they are written; undefined when they are none. */
export function sizeNameOf(
  compute: Partial<ComputeQuota>,
  policy: Pick<Policy, 'sizes'>,
): string | undefined {
  const isSize = (size: ComputeQuota) =>
    computeFigures.every((figure) => {
      const [amount, other] = [parseQuantity(compute[figure] ?? ''), parseQuantity(size[figure])];
      return amount !== undefined && other !== undefined && compareAmounts(amount, other) === 0;
    });
  return Object.entries(policy.sizes.named).find(([, size]) => isSize(size))?.[0];
}
