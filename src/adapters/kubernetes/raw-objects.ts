import { z } from 'zod';
import type { Condition } from '../../domain/rollout/objects.ts';
import { parseRevision, type Revision } from '../../domain/rollout/revision.ts';

const condition = z.object({
  type: z.string(),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string().nullish(),
  message: z.string().nullish(),
  lastTransitionTime: z.string().nullish(),
  observedGeneration: z.number().nullish(),
});
type RawCondition = z.output<typeof condition>;

export const conditions = z.array(condition).nullish();

export const metadata = z.object({
  name: z.string(),
  namespace: z.string(),
  generation: z.number().nullish(),
  deletionTimestamp: z.string().nullish(),
  labels: z.record(z.string(), z.string()).nullish(),
});

/** What stands in the status of everything that Flux reconciles. */
export const fluxStatus = z.object({
  observedGeneration: z.number().nullish(),
  lastHandledReconcileAt: z.string().nullish(),
  conditions,
});

export const kubeConfigRef = z.object({ secretRef: z.object({ name: z.string() }).nullish() }).nullish();

/** The workload cluster's name in the name of its kubeconfig's Secret. */
export function clusterOf(ref: z.output<typeof kubeConfigRef>): string | undefined {
  return ref?.secretRef?.name.replace(/-kubeconfig$/, '');
}

/** Longest message of a condition that is kept, in characters. */
const MESSAGE_KEPT = 4_000;

/**
 * Keeps one copy of what thousands of objects have in common. A part cut out of a long text would keep the whole of it
 * in memory, so texts are copied.
 */
export class Keeper {
  readonly #texts = new Map<string, string>();
  readonly #revisions = new Map<string, Revision | undefined>();

  text(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }

  revision(text: string | null | undefined): Revision | undefined {
    if (!text) return undefined;
    if (!this.#revisions.has(text)) this.#revisions.set(text, parseRevision(text));
    return this.#revisions.get(text);
  }

  condition(all: readonly RawCondition[] | null | undefined, type: string): Condition | undefined {
    const found = all?.find((each) => each.type === type);
    if (found === undefined) return undefined;
    const { status, reason, message, lastTransitionTime, observedGeneration } = found;
    return {
      status,
      reason: this.text(reason ?? ''),
      message: status === 'True' && type === 'Ready' ? '' : copyOf(message ?? ''),
      at: lastTransitionTime ? Date.parse(lastTransitionTime) || 0 : 0,
      generation: observedGeneration ?? undefined,
    };
  }
}

function copyOf(text: string): string {
  return text.length <= MESSAGE_KEPT ? text : Buffer.from(text.slice(0, MESSAGE_KEPT)).toString();
}
