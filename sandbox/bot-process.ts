import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface BotOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly port: number;
  readonly logFile: string;
  readonly verbose: boolean;
}

export interface BotExit {
  readonly code: number | null;
  readonly signal: string | null;
  /** The last lines it wrote. */
  readonly lastLines: readonly string[];
}

export interface Bot {
  /** Resolves when it answers `/readyz` with 200, or with how it ended. */
  readonly ready: Promise<'ready' | BotExit>;
  readonly exited: Promise<BotExit>;
  /** Asks it to end (SIGTERM) and waits; kills it after 27 s, two more than it may take. */
  stop(): Promise<void>;
}

const ROOT = path.dirname(import.meta.dirname);
const LAST_LINES = 20;
const GRACE_MS = 27_000;

/** Starts the bot as a process of its own. It gets the given environment and this process's PATH and HOME. */
export async function startBot(options: BotOptions): Promise<Bot> {
  await mkdir(path.dirname(options.logFile), { recursive: true });
  const child = spawn(process.execPath, ['--max-semi-space-size=8', 'src/main.ts'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...options.env, PORT: String(options.port) },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its own process group: Ctrl-C reaches the sandbox alone, which then stops things in order.
    detached: true,
  });
  const lastLines = collect(child, options);
  const exited = once(child, 'close').then(([code, signal]) => ({ code, signal, lastLines }));
  return {
    exited,
    ready: Promise.race([readiness(options.port, exited), exited]),
    stop: () => end(child, exited),
  };
}

function collect(child: ChildProcess, { logFile, verbose }: BotOptions): readonly string[] {
  const log = createWriteStream(logFile);
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      log.write(text);
      if (verbose) process.stdout.write(text);
      lines.push(...text.split('\n').filter((line) => line.trim() !== ''));
      lines.splice(0, lines.length - LAST_LINES);
    });
  }
  child.once('close', () => log.end());
  return lines;
}

async function readiness(port: number, exited: Promise<BotExit>): Promise<'ready' | BotExit> {
  let over: BotExit | undefined;
  void exited.then((exit) => {
    over = exit;
  });
  for (;;) {
    if (over) return over;
    const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok) return 'ready';
    await sleep(50);
  }
}

async function end(child: ChildProcess, exited: Promise<BotExit>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  await exited;
  clearTimeout(kill);
}
