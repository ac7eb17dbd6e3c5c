import type { FaultRequest } from '../../faults.ts';

export interface Preset {
  readonly id: string;
  readonly text: string;
  readonly on: FaultRequest['on'];
  readonly effect: FaultRequest['effect'];
}

/** What commonly goes wrong, with either service. */
export const PRESETS: readonly Preset[] = [
  { id: 'error', text: '500, nothing done', on: 'call', effect: { kind: 'error', status: 500 } },
  {
    id: 'error-after-doing',
    text: '500 though done',
    on: 'call',
    effect: { kind: 'error-after-doing', status: 500 },
  },
  { id: 'timeout', text: 'no answer, nothing done', on: 'call', effect: { kind: 'timeout' } },
  {
    id: 'timeout-after-doing',
    text: 'no answer though done',
    on: 'call',
    effect: { kind: 'timeout-after-doing' },
  },
  {
    id: 'rate-limit',
    text: '429, try again in 5 s',
    on: 'call',
    effect: { kind: 'error', status: 429, retryAfter: 5, code: 'ratelimited' },
  },
  {
    id: 'rate-limit-bare',
    text: '429 without a time',
    on: 'call',
    effect: { kind: 'error', status: 429, code: 'ratelimited' },
  },
  { id: 'slow', text: '5 s late', on: 'call', effect: { kind: 'delay', ms: 5000 } },
  { id: 'hold', text: 'kept until released', on: 'call', effect: { kind: 'hold-before' } },
  { id: 'drop', text: 'delivery to the bot lost', on: 'delivery', effect: { kind: 'drop' } },
  { id: 'repeat', text: 'delivered four times', on: 'delivery', effect: { kind: 'repeat', times: 4 } },
  { id: 'late', text: 'delivered 10 s late', on: 'delivery', effect: { kind: 'delay', ms: 10_000 } },
];
