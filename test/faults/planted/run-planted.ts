import { spawn } from 'node:child_process';
import path from 'node:path';
import { BUGS } from './bugs.ts';

const MAIN = path.join(import.meta.dirname, '..', 'main.ts');

export interface Caught {
  readonly name: string;
  /** What the harness said of it; undefined when it found nothing wrong. */
  readonly by: string | undefined;
}

/** Plants every mistake, each in a process of its own, and plays seeds until one catches it. */
export async function runPlanted(
  {
    name,
    seeds,
    atOnce,
  }: { readonly name?: string | undefined; readonly seeds: number; readonly atOnce: number },
  tell: (line: string) => void,
): Promise<readonly Caught[]> {
  const waiting = BUGS.filter((bug) => name === undefined || bug.name === name);
  const caught: Caught[] = [];
  const worker = async () => {
    for (let bug = waiting.shift(); bug !== undefined; bug = waiting.shift()) {
      const by = await playWith(bug.name, bug.line, seeds);
      caught.push({ name: bug.name, by });
      tell(
        `${by === undefined ? 'NOT CAUGHT' : 'caught'}: ${bug.name} (${bug.breaks})${by === undefined ? '' : ` by ${by}`}`,
      );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return caught;
}

function playWith(name: string, line: string, seeds: number): Promise<string | undefined> {
  const args = [MAIN, '--plant', name, '--line', line, '--seeds', String(seeds), '--until-caught'];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(undefined);
      else if (said.startsWith('seed ')) resolve(said.split('\n')[0]?.slice(0, 160));
      else reject(new Error(`the run with "${name}" ended with ${code}: ${said}`));
    });
  });
}
