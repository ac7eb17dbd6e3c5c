import { z } from 'zod';

import type { CallEffect, DeliveryEffect, FaultRequest } from './faults.ts';

const status = z.int().min(400).max(599);
const milliseconds = z.int().min(0).max(600_000);

const callEffect = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('error'),
    status: z.int().min(400).max(599),
    retryAfter: z.int().min(0).optional(),
    code: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('error-after-doing'), status, code: z.string().optional() }),
  z.strictObject({ kind: z.literal('timeout') }),
  z.strictObject({ kind: z.literal('timeout-after-doing') }),
  z.strictObject({ kind: z.literal('hold-before') }),
  z.strictObject({ kind: z.literal('hold-after') }),
  z.strictObject({ kind: z.literal('delay'), ms: milliseconds }),
]);

const deliveryEffect = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('drop') }),
  z.strictObject({ kind: z.literal('repeat'), times: z.int().min(1).max(20) }),
  z.strictObject({ kind: z.literal('delay'), ms: milliseconds }),
]);

const common = {
  match: z.string().refine(isRegularExpression, 'is not a regular expression').optional(),
  times: z.int().min(1).max(1_000_000).optional(),
};

/** What `POST /control/faults` takes. */
export const faultRequest: z.ZodType<FaultRequest> = z
  .discriminatedUnion('on', [
    z.strictObject({
      on: z.literal('call'),
      service: z.enum(['github', 'slack', 'kubernetes']),
      effect: callEffect,
      ...common,
    }),
    // Clusters tell nobody anything of their own accord.
    z.strictObject({
      on: z.literal('delivery'),
      service: z.enum(['github', 'slack']),
      effect: deliveryEffect,
      ...common,
    }),
  ])
  .transform(({ service, on, match, times, effect }) => ({
    service,
    on,
    effect: withoutUndefined(effect),
    ...(match === undefined ? {} : { match }),
    ...(times === undefined ? {} : { times }),
  }));

function isRegularExpression(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}

type Parsed = z.infer<typeof callEffect> | z.infer<typeof deliveryEffect>;

function withoutUndefined(effect: Parsed): CallEffect | DeliveryEffect {
  if (effect.kind === 'error') {
    const { kind, status: answered, retryAfter, code } = effect;
    return {
      kind,
      status: answered,
      ...(retryAfter === undefined ? {} : { retryAfter }),
      ...(code ? { code } : {}),
    };
  }
  if (effect.kind === 'error-after-doing') {
    const { kind, status: answered, code } = effect;
    return { kind, status: answered, ...(code ? { code } : {}) };
  }
  return effect;
}
