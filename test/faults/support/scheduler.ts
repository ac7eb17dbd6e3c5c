import { currentLife, type Life } from './life.ts';
import type { Random } from './random.ts';
import { realImmediate } from './real-time.ts';

interface Planned {
  readonly at: number;
  readonly order: number;
  readonly seq: number;
  readonly run: () => void;
  readonly life: Life | undefined;
  isOff: boolean;
}

/** Owns the time: nothing happens but what is planned here, one thing after the other. */
export class Scheduler {
  now: number;
  readonly #random: Random;
  readonly #heap: Planned[] = [];
  #seq = 0;
  /** How many things have happened. */
  steps = 0;

  constructor(random: Random, start: number) {
    this.#random = random;
    this.now = start;
  }

  /**
   * Plans something; of things planned for one moment the seed decides the order. Returns what calls it off.
   *
   * @param life whose it is, so that it dies and rests with it; by default whoever plans it.
   */
  plan(delayMs: number, run: () => void, life: Life | 'world' | undefined = currentLife()): () => void {
    const planned: Planned = {
      at: this.now + Math.max(0, delayMs),
      order: this.#random.next(),
      seq: this.#seq++,
      run,
      life: life === 'world' ? undefined : life,
      isOff: false,
    };
    push(this.#heap, planned);
    return () => {
      planned.isOff = true;
    };
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void this.plan(ms, resolve));
  }

  /** Lets things happen until `until`, or until `isOver` says so. */
  async run(until: number, isOver: () => boolean = () => false): Promise<void> {
    await drained();
    while (!isOver()) {
      const first = this.#heap[0];
      if (first === undefined || first.at > until) break;
      pop(this.#heap);
      if (first.isOff) continue;
      this.now = Math.max(this.now, first.at);
      this.steps += 1;
      if (first.life === undefined) first.run();
      else first.life.do(first.run);
      await drained();
    }
    if (!isOver()) this.now = Math.max(this.now, until);
  }
}

/** Resolves when every promise that can go on has gone on. */
function drained(): Promise<void> {
  return new Promise((resolve) => void realImmediate(resolve));
}

function before(a: Planned, b: Planned): boolean {
  if (a.at !== b.at) return a.at < b.at;
  return a.order === b.order ? a.seq < b.seq : a.order < b.order;
}

function push(heap: Planned[], planned: Planned): void {
  let at = heap.length;
  heap.push(planned);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent] as Planned;
    if (before(above, planned)) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = planned;
}

function pop(heap: Planned[]): void {
  const last = heap.pop() as Planned;
  if (heap.length === 0) return;
  let at = 0;
  for (;;) {
    let child = at * 2 + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1] as Planned, heap[child] as Planned)) child += 1;
    if (before(last, heap[child] as Planned)) break;
    heap[at] = heap[child] as Planned;
    at = child;
  }
  heap[at] = last;
}
