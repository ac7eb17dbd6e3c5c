import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { eventually } from './eventually.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
// Jest runs on the same Node that the project brings; the bot does too.
const NODE = process.execPath;

/** The real bot as a process of its own. */
export interface BotProcess {
  readonly port: number;
  readonly pid: number;
  /** Everything it wrote so far. */
  log(): string;
  /** Resolves once `/readyz` says yes; throws with the bot's own words when it ends first. */
  ready(ms?: number): Promise<void>;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  /** Sends the signal and leaves the process to it. */
  signal(name: NodeJS.Signals): void;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  readonly exited: Promise<number | null>;
}

/** Starts the bot with nothing in its environment but what is given (and PATH). */
export function startBot(env: Readonly<Record<string, string>>, port: number): BotProcess {
  const child = spawn(NODE, ['--max-semi-space-size=8', 'src/main.ts'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], PORT: String(port), HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = record(child);
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return exited;
  };
  return {
    port,
    pid: child.pid ?? 0,
    log,
    exited,
    ready: (ms = 30_000) => ready(child, port, log, ms),
    kill: async () => void (await end('SIGKILL')),
    signal: (name) => void child.kill(name),
    stop: () => end('SIGTERM'),
  };
}

function record(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return () => text;
}

async function ready(child: ChildProcess, port: number, log: () => string, ms: number): Promise<void> {
  await eventually(
    'the bot is ready',
    async () => {
      if (child.exitCode !== null) return { over: true };
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
      await answer.body?.cancel();
      return answer.ok;
    },
    ms,
  ).catch((error: unknown) => {
    throw new Error(`the bot is not ready; it said:\n${log()}`, { cause: error });
  });
  if (child.exitCode !== null)
    throw new Error(`the bot ended with code ${child.exitCode}; it said:\n${log()}`);
}
