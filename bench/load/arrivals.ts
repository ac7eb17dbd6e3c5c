/**
 * When requests arrive, in milliseconds from the start: at random and independently of each other, as people's clicks
 * do, `perSecond` on average. The same seed gives the same times.
 */
export function arrivals(perSecond: number, count: number, seed: number): readonly number[] {
  const random = seeded(seed);
  let at = 0;
  return Array.from({ length: count }, () => {
    at += (-Math.log(1 - random()) / perSecond) * 1_000;
    return at;
  });
}

/** Numbers from 0 up to 1 by a Lehmer generator (Park and Miller), good enough to spread arrivals. */
function seeded(seed: number): () => number {
  let state = (Math.abs(seed) % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
