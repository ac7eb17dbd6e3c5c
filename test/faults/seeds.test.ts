import { spawn } from 'node:child_process';
import path from 'node:path';

const MAIN = path.join(import.meta.dirname, 'main.ts');
const SEEDS = 100;
/** One for each of the two processors that a test may use. */
const PROCESSES = 2;
/** On a busy machine fewer seeds are played; the count is told. */
const LONGEST_S = 100;

/** Plays seeds in a process of its own, for they take over the time of whoever plays them. */
function play(from: number, seeds: number): Promise<string> {
  const args = [MAIN, '--from', String(from), '--seeds', String(seeds), '--seconds', String(LONGEST_S)];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    }
    child.on('error', reject);
    child.on('close', () => resolve(said));
  });
}

it(`keeps every promise in up to ${SEEDS} seeds of faults`, async () => {
  const each = SEEDS / PROCESSES;
  const said = await Promise.all(Array.from({ length: PROCESSES }, (_, n) => play(1 + n * each, each)));
  for (const text of said) expect(text).toMatch(/^\d+ seeds, \d+ reached their end, 0 failed/);
  const played = said.map((text) => Number(/^\d+/.exec(text)?.[0]));
  if (played.some((count) => count < each))
    console.warn(`played ${played.join(' and ')} of ${each} seeds each`);
  expect(Math.min(...played)).toBeGreaterThan(20);
}, 300_000);
