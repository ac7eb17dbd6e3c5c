import { versionOf } from '../release/version.ts';

export type PromotionStep = 'upgrade' | 'downgrade' | 'same' | 'unknown';

/**
 * Whether a promotion goes up or down.
 *
 * @param fromTag undefined for what follows no tag, of which nobody can tell.
 * @param prefix of the platform's tags, by policy.
 */
export function comparePromotion(fromTag: string | undefined, toTag: string, prefix: string): PromotionStep {
  if (fromTag === toTag) return 'same';
  const [from, to] = [
    fromTag === undefined ? undefined : versionOf(fromTag, prefix),
    versionOf(toTag, prefix),
  ];
  if (from === undefined || to === undefined) return 'unknown';
  const order = to.compare(from);
  if (order === 0) return 'same';
  return order > 0 ? 'upgrade' : 'downgrade';
}
