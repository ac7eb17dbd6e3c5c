import { spawn } from 'node:child_process';
import path from 'node:path';

const MAIN = path.join(import.meta.dirname, 'main.ts');
const SEEDS = 1_000;
/** One for each of the two processors that a test may use. */
const PROCESSES = 2;

/** Plays seeds in a process of its own, for they take over the time of whoever plays them. */
function play(from: number, seeds: number): Promise<string> {
  const args = [MAIN, '--from', String(from), '--seeds', String(seeds)];
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

it(`keeps every promise in ${SEEDS} seeds of faults`, async () => {
  const each = SEEDS / PROCESSES;
  const said = await Promise.all(Array.from({ length: PROCESSES }, (_, n) => play(1 + n * each, each)));
  for (const text of said)
    expect(text).toMatch(new RegExp(`^${each} seeds, [0-9]+ reached their end, 0 failed`));
}, 300_000);
