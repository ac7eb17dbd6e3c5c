import { spawn } from 'node:child_process';

/** A git command that ended with another exit code than expected. */
export class GitFailure extends Error {
  override readonly name = 'GitFailure';
  readonly code: number;
  readonly stderr: string;
  readonly stdout: string;

  constructor(args: readonly string[], code: number, stdout: string, stderr: string) {
    super(`git ${args[0] ?? ''} ended with ${code}: ${stderr.trim()}`);
    this.code = code;
    this.stderr = stderr;
    this.stdout = stdout;
  }
}

/** The environment git runs in: no configuration of the person who started the sandbox has a say. */
export const gitEnvironment: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};

/**
 * Runs git in a directory and returns what it wrote to its standard output.
 *
 * @throws GitFailure when the exit code is not 0.
 */
export function runGit(cwd: string, args: readonly string[], input?: string | Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, { cwd, env: gitEnvironment, stdio: ['pipe', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.stdin.on('error', () => undefined);
    child.on('error', reject);
    child.on('close', (code) => {
      const stdout = Buffer.concat(out);
      if (code === 0) resolve(stdout);
      else
        reject(
          new GitFailure(args, code ?? -1, stdout.toString('utf8'), Buffer.concat(err).toString('utf8')),
        );
    });
    child.stdin.end(input);
  });
}
