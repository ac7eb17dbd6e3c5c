import type { ActionsBlock } from '@slack/types';
import { z } from 'zod';
import { readButtonValue } from './button-value.ts';
import { backButton } from './change/back-button.ts';
import { plain } from './slack-text.ts';

/** Longest value that a button takes; no name in Kubernetes is so long. */
const valueLimit = 2_000;

/** Buttons below a rollout that has failed. */
export const showWhyAction = 'rollout_show_why';
export const tryAgainAction = 'rollout_try_again';

/** What a button is about. Routing only: who presses it, and whether they may, is looked up anew. */
const target = z.strictObject({
  /** The rollout's key. */
  r: z.string().regex(/^[^~#]{1,250}[~#]\d{1,9}$/),
  /** The management cluster. */
  m: z.string().min(1).max(253),
  k: z.enum(['source', 'kustomization', 'helm-release']),
  /** `namespace/name`. */
  i: z.string().regex(/^[^/\s]{1,253}\/[^/\s]{1,253}$/),
});

export interface RolloutTarget {
  readonly rollout: string;
  readonly management: string;
  readonly kind: 'source' | 'kustomization' | 'helm-release';
  readonly id: string;
}

/** @returns undefined when the value is not one of ours. */
export function readRolloutTarget(value: string): RolloutTarget | undefined {
  const read = readButtonValue(value, target, valueLimit);
  return read && { rollout: read.r, management: read.m, kind: read.k, id: read.i };
}

/** What can be done about a failure; going back only where there is something to go back to. */
export function failureButtons(
  { rollout, management, kind, id }: RolloutTarget,
  change: { readonly repo: string; readonly number: number; readonly isPromotion: boolean } | undefined,
): readonly ActionsBlock[] {
  const value = JSON.stringify({ r: rollout, m: management, k: kind, i: id });
  if (value.length > valueLimit) return [];
  const button = (action_id: string, text: string) =>
    ({ type: 'button', action_id, text: plain(text, 75), value }) as const;
  // Flux is asked to reconcile by its own objects; a HelmRelease is tried again through what made it.
  const again = kind === 'helm-release' ? [] : [button(tryAgainAction, 'Try again now')];
  const back = change?.isPromotion
    ? [backButton({ repo: change.repo, change: change.number, shown: '' })]
    : [];
  return [{ type: 'actions', elements: [button(showWhyAction, 'Show why'), ...again, ...back] }];
}
