import { z } from 'zod';
import type { PullFacts } from '../../src/domain/change/pull-facts.ts';
import type { Refusal } from '../../src/domain/change/refusal.ts';
import { clip } from '../../src/views/clip.ts';
import type { JobDeps } from '../deps.ts';

/** Long enough for the next try to know how often it failed before. */
const KEPT_MS = 2 * 60 * 60 * 1000;
const FIRST_MS = 5_000;
const MOST_MS = 10 * 60 * 1000;

const kept = z.object({ message: z.string(), times: z.number(), until: z.number() });

/** What GitHub said when it did not take a merge of this head, while it is not asked again. */
export async function readRefusal(
  { marks }: Pick<JobDeps, 'marks'>,
  pull: Pick<PullFacts, 'repo' | 'number' | 'head'>,
): Promise<Refusal | undefined> {
  return (await readKept(marks, pull)) ?? undefined;
}

/**
 * Remembers that GitHub did not take a merge, and until when it is not asked again: seconds at first, for a race was
 * lost; longer each time, for then somebody must do something. Forgotten with Redis, it costs one try.
 *
 * @param now milliseconds since the epoch by GitHub's clock.
 */
export async function rememberRefusal(
  { marks }: Pick<JobDeps, 'marks'>,
  pull: Pick<PullFacts, 'repo' | 'number' | 'head'>,
  message: string,
  now: number,
): Promise<void> {
  const times = ((await readKept(marks, pull))?.times ?? 0) + 1;
  const until = now + Math.min(MOST_MS, FIRST_MS * 2 ** (times - 1));
  await marks.put(markOf(pull), JSON.stringify({ message: clip(message, 200), times, until }), KEPT_MS);
}

async function readKept(marks: JobDeps['marks'], pull: Pick<PullFacts, 'repo' | 'number' | 'head'>) {
  const text = await marks.get(markOf(pull));
  if (text === undefined) return undefined;
  return kept.safeParse(JSON.parse(text)).data;
}

function markOf({ repo, number, head }: Pick<PullFacts, 'repo' | 'number' | 'head'>): string {
  return `merge-refused:${repo}#${number}@${head}`;
}
