import { EventEmitter } from 'node:events';

export type Service = 'github' | 'slack' | 'kubernetes';

/**
 * What goes wrong with a call.
 *
 * - `error`: answered with `status`, nothing done. `retryAfter` in seconds; `code` is Slack's error code.
 * - `error-after-doing`: done, then answered with `status`.
 * - `timeout`: nothing done, nothing answered until the caller gives up.
 * - `timeout-after-doing`: done, nothing answered.
 * - `hold-before`, `hold-after`: kept before it is done, or before it is answered, until `release(id)`.
 * - `delay`: done `ms` milliseconds late.
 */
export type CallEffect =
  | { readonly kind: 'error'; readonly status: number; readonly retryAfter?: number; readonly code?: string }
  | { readonly kind: 'error-after-doing'; readonly status: number; readonly code?: string }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'timeout-after-doing' }
  | { readonly kind: 'hold-before' }
  | { readonly kind: 'hold-after' }
  | { readonly kind: 'delay'; readonly ms: number };

/** What goes wrong with a delivery to the bot (a webhook, an event, a command, an action). */
export type DeliveryEffect =
  | { readonly kind: 'drop' }
  | { readonly kind: 'repeat'; readonly times: number }
  | { readonly kind: 'delay'; readonly ms: number };

export interface FaultRequest {
  readonly service: Service;
  readonly on: 'call' | 'delivery';
  /** A regular expression over the name (see `Call.name`); every name when left out. */
  readonly match?: string;
  readonly effect: CallEffect | DeliveryEffect;
  /** How often it strikes before it is used up; 1 when left out. */
  readonly times?: number;
}

export interface Fault extends FaultRequest {
  readonly id: number;
  left: number;
}

/**
 * One call the bot made.
 *
 * `name` is `METHOD /path` for REST, `graphql <OperationName>` for GraphQL, the method's name for Slack
 * (`chat.postMessage`), `METHOD /<cluster>/path` for Kubernetes (`WATCH` for watches). `phase` moves from `received` over `done` to `answered`.
 */
export interface Call {
  readonly id: number;
  readonly service: Service;
  readonly name: string;
  readonly at: number;
  phase: 'received' | 'done' | 'answered';
  status?: number;
}

/** The faults that wait to strike and the log of the bot's calls; one of it per sandbox, shared by its services. */
export class Faults {
  readonly #faults: Fault[] = [];
  readonly #calls: Call[] = [];
  readonly #releases = new Map<number, () => void>();
  readonly #events = new EventEmitter();
  #next = 1;

  /** Adds a fault; it strikes the next matching calls or deliveries. */
  add(request: FaultRequest): Fault {
    const fault: Fault = { ...request, id: this.#next++, left: request.times ?? 1 };
    this.#faults.push(fault);
    return fault;
  }

  list(): readonly Fault[] {
    return this.#faults.filter((fault) => fault.left > 0);
  }

  clear(): void {
    this.#faults.length = 0;
    for (const release of this.#releases.values()) release();
    this.#releases.clear();
  }

  /** Lets go of a call that `hold-before` or `hold-after` keeps. */
  release(callId: number): void {
    this.#releases.get(callId)?.();
    this.#releases.delete(callId);
  }

  /** The effect that strikes this delivery now, used up by one; undefined when none does. */
  strikeDelivery(service: Service, name: string): DeliveryEffect | undefined {
    return this.#strike('delivery', service, name) as DeliveryEffect | undefined;
  }

  /**
   * Logs a call, runs it under whatever fault strikes it, and says what to answer.
   *
   * @param run does the call's work and returns the HTTP status it would answer with.
   * @returns `answer` to send what `run` prepared, `error` to send that status instead, `silence` to send nothing.
   */
  async around(service: Service, name: string, run: () => Promise<number>): Promise<CallOutcome> {
    const call: Call = { id: this.#next++, service, name, at: Date.now(), phase: 'received' };
    this.#calls.push(call);
    if (this.#calls.length > 20_000) this.#calls.shift();
    const effect = this.#strike('call', service, name) as CallEffect | undefined;
    this.#tell(call);
    if (effect?.kind === 'error') return this.#ended(call, effect.status, effect);
    if (effect?.kind === 'timeout') return { kind: 'silence', call };
    if (effect?.kind === 'hold-before') await this.#held(call);
    if (effect?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, effect.ms));
    const status = await run();
    call.phase = 'done';
    this.#tell(call);
    if (effect?.kind === 'timeout-after-doing') return { kind: 'silence', call };
    if (effect?.kind === 'error-after-doing')
      return this.#ended(call, effect.status, { ...effect, kind: 'error' });
    if (effect?.kind === 'hold-after') await this.#held(call);
    return this.#ended(call, status, { kind: 'answer' });
  }

  /** Every call so far (the last 20,000), oldest first. */
  calls(): readonly Call[] {
    return this.#calls;
  }

  /** Tells of each phase of each call, synchronously; returns what ends the telling. */
  onCall(listener: (call: Call) => void): () => void {
    this.#events.on('call', listener);
    return () => this.#events.off('call', listener);
  }

  /** To be called once the answer has left, so that a listener can act "after the answer". */
  answered(call: Call): void {
    call.phase = 'answered';
    this.#tell(call);
  }

  #ended(call: Call, status: number, outcome: CallVerdict): CallOutcome {
    call.status = status;
    return { ...outcome, call };
  }

  #tell(call: Call): void {
    this.#events.emit('call', call);
  }

  #held(call: Call): Promise<void> {
    return new Promise((resolve) => {
      this.#releases.set(call.id, resolve);
    });
  }

  #strike(on: Fault['on'], service: Service, name: string): Fault['effect'] | undefined {
    const fault = this.#faults.find(
      (each) =>
        each.left > 0 &&
        each.on === on &&
        each.service === service &&
        new RegExp(each.match ?? '').test(name),
    );
    if (!fault) return undefined;
    fault.left -= 1;
    return fault.effect;
  }
}

type CallVerdict =
  | { readonly kind: 'answer' }
  | { readonly kind: 'error'; readonly status: number; readonly retryAfter?: number; readonly code?: string };

export type CallOutcome = (CallVerdict | { readonly kind: 'silence' }) & { readonly call: Call };
