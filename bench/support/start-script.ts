import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { endsWithUs, hasEnded } from './end-together.ts';

export interface Script {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Rejects when it ends before it is stopped. */
  readonly failed: Promise<never>;
  stop(): Promise<void>;
}

/** Starts a script of this project on the same Node; what it prints goes to standard error. */
export function startScript(script: string, env: Readonly<Record<string, string>> = {}): Script {
  const root = path.join(import.meta.dirname, '..', '..');
  const child = fork(path.join(root, script), {
    cwd: root,
    // As in the container.
    execArgv: ['--max-semi-space-size=8'],
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...env },
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const pid = child.pid ?? 0;
  endsWithUs(pid);
  const exited = once(child, 'exit');
  const failed = exited.then(([code, signal]) => {
    throw new Error(`${script} ended with ${signal ?? code}`);
  });
  failed.catch(() => undefined);
  return {
    child,
    pid,
    failed,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await exited;
      hasEnded(pid);
    },
  };
}
