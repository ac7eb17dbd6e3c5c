import type { Refusal } from '../domain/form/refusal.ts';
import { figureText } from './figure-text.ts';

type QuantityRefusal = Extract<
  Refusal,
  { readonly code: 'quantity-empty' | 'quantity-unreadable' | 'above-maximum' | 'requests-above-limits' }
>;

/** What is wrong with a figure of the quota. */
export function quantityText(refusal: QuantityRefusal): string {
  const isCpu = refusal.field.endsWith('Cpu');
  const example = isCpu ? '500m or 2' : '512Mi or 1Gi';
  switch (refusal.code) {
    case 'quantity-empty':
      return `Fill this in, such as ${example}.`;
    case 'above-maximum':
      return `At most ${figureText(refusal.field, refusal.maximum)} can be asked for here. If you need more, talk to the platform team.`;
    case 'requests-above-limits':
      return `Requests cannot be above the limit, ${refusal.limits}. Lower this, or raise the limit.`;
    case 'quantity-unreadable':
      if (refusal.fault === 'zero') return `This has to be more than nothing, such as ${example}.`;
      if (refusal.fault === 'form') return `Write a number and its unit without a space, such as ${example}.`;
      return isCpu
        ? 'The smallest step is 1m, a thousandth of a processor. Please round it.'
        : 'Memory comes in whole bytes. Write it in Mi or Gi, such as 512Mi.';
  }
}
