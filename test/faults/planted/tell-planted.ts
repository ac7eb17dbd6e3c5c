import { runPlanted } from './run-planted.ts';

/** Seeds that a planted mistake is given to be caught. */
const SEEDS = 60;

/** Plants every mistake, or the one of a name, and tells which were caught. Returns the exit code. */
export async function tellPlanted(name: string | undefined): Promise<number> {
  const caught = await runPlanted({ name, seeds: SEEDS, atOnce: 2 }, (line) =>
    process.stdout.write(`${line}\n`),
  );
  const found = caught.filter(({ by }) => by !== undefined).length;
  process.stdout.write(`caught ${found} of ${caught.length} planted\n`);
  return found === caught.length ? 0 : 1;
}
