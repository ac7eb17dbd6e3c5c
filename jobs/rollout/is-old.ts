import type { Telling } from './telling.ts';

/** Nothing is followed for longer than the policy says; what it came to by then is told. */
export function isOld({ rollout, known, now }: Pick<Telling, 'rollout' | 'known' | 'now'>): boolean {
  const newest = Math.max(...rollout.parts.map(({ pull }) => pull.at));
  return now - newest >= known.policy.rollout.longestMinutes * 60_000;
}
