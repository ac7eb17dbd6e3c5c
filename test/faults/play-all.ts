import { changeLine } from './lines/change-line.ts';
import { onboardingLine } from './lines/onboarding-line.ts';
import { releaseLine } from './lines/release-line.ts';
import { play } from './play.ts';
import { realNow } from './support/real-time.ts';

/** By their turn: changes have the most that can go wrong. */
const LINES = [changeLine, onboardingLine, changeLine, releaseLine] as const;

export interface Wanted {
  readonly from: number;
  readonly seeds: number;
  /** One line only. */
  readonly line: string | undefined;
  /** Whether the story of every seed is told, and not only what failed. */
  readonly tellsAll: boolean;
  readonly untilCaught: boolean;
  /** How long it may take, in milliseconds of the machine's own time. */
  readonly atMostMs: number;
}

/** Plays seeds one after the other; `tell` hears of what failed, with the command that plays it again. */
export async function playAll(
  { from, seeds, line: only, tellsAll, untilCaught, atMostMs }: Wanted,
  tell: (text: string) => void,
) {
  const lines = LINES.filter(({ name }) => only === undefined || name === only);
  if (lines.length === 0) throw new Error(`there is no line called ${only}`);
  const begun = realNow();
  let [played, ended, failed] = [0, 0, 0];
  for (let seed = from; seed < from + seeds && realNow() - begun < atMostMs; seed += 1) {
    played += 1;
    const line = lines[seed % lines.length] ?? changeLine;
    const { violations, story, marks, left } = await play(seed, line);
    if (marks.has('ended')) ended += 1;
    if (violations.length > 0) failed += 1;
    if (tellsAll) for (const told of [...story, ...left]) tell(told);
    for (const { invariant, what } of violations) tell(`seed ${seed} (${line.name}) ${invariant}: ${what}`);
    if (violations.length > 0 && !tellsAll)
      tell(`  its story: npm run test:faults -- --line ${line.name} --seed ${seed}`);
    if (violations.length > 0 && untilCaught) break;
  }
  return { played, ended, failed };
}
