import { z } from 'zod';

import type { KubeObject } from '../objects.ts';

const condition = z.looseObject({
  type: z.string(),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string(),
  message: z.string(),
  lastTransitionTime: z.string(),
  observedGeneration: z.number().optional(),
});

export type Condition = z.infer<typeof condition>;

export type NewCondition = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>;

export function conditionsOf({ status }: KubeObject): readonly Condition[] {
  const parsed = z.array(condition).safeParse(status?.['conditions']);
  return parsed.success ? parsed.data : [];
}

export function conditionOf(object: KubeObject, type: string): Condition | undefined {
  return conditionsOf(object).find((each) => each.type === type);
}

/** Flux counts a changed reason or message as a transition too, and puts Ready first. */
export function withCondition(
  conditions: readonly Condition[],
  next: NewCondition,
  at: { readonly generation: number; readonly time: string },
): readonly Condition[] {
  const before = conditions.find(({ type }) => type === next.type);
  const unchanged =
    before?.status === next.status && before.reason === next.reason && before.message === next.message;
  const set = {
    ...next,
    lastTransitionTime: unchanged ? before.lastTransitionTime : at.time,
    observedGeneration: at.generation,
  };
  return [...conditions.filter(({ type }) => type !== next.type), set].sort(inOrder);
}

export function withoutCondition(conditions: readonly Condition[], type: string): readonly Condition[] {
  return conditions.filter((each) => each.type !== type);
}

function inOrder(a: Condition, b: Condition): number {
  if (a.type === 'Ready' || b.type === 'Ready') return a.type === b.type ? 0 : a.type === 'Ready' ? -1 : 1;
  return a.type < b.type ? -1 : 1;
}
