/** Numbers that a seed decides: the same seed gives the same numbers for ever. */
export interface Random {
  /** From 0 up to, but not, 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<T>(all: readonly T[]): T;
  shuffled<T>(all: readonly T[]): readonly T[];
  /** Numbers of its own, so that one more draw here moves nothing there. */
  fork(name: string): Random;
}

/** Mulberry32: small, quick, and good enough to shuffle faults. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    whole,
    chance: (probability) => next() < probability,
    pick: (all) => all[whole(0, all.length - 1)] as (typeof all)[number],
    shuffled(all) {
      const rest = [...all];
      for (let at = rest.length - 1; at > 0; at -= 1) {
        const other = whole(0, at);
        [rest[at], rest[other]] = [rest[other] as never, rest[at] as never];
      }
      return rest;
    },
    fork: (name) => createRandom(hash(`${seed} ${name}`)),
  };
}

function hash(text: string): number {
  let value = 2_166_136_261;
  for (const letter of text) value = Math.imul(value ^ (letter.codePointAt(0) ?? 0), 16_777_619);
  return value >>> 0;
}
