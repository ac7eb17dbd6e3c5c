import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { endsWithUs, hasEnded } from './end-together.ts';
import { endedChildrenCpuMs, peakMb } from './process-usage.ts';

/** Another kubectl than the one on the PATH may be named. */
const PROGRAM = process.env['KUBECTL'] ?? 'kubectl';
/** How often its memory is looked at, which the kernel tells of processes that run only. */
const LOOK_EVERY_MS = 20;

export interface KubectlRun {
  readonly cpuMs: number;
  /** The most that the whole process held, in MB. */
  readonly peakMb: number;
  readonly output: Buffer;
}

/** The version that kubectl tells of itself; undefined when there is none. */
export async function kubectlVersion(): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(PROGRAM, ['version', '--client', '--output=json']);
    return String(JSON.parse(stdout).clientVersion.gitVersion);
  } catch {
    return undefined;
  }
}

/** @throws when it fails. Nothing else that this process started may end meanwhile: its time would count as well. */
export async function runKubectl(
  kubeconfig: string,
  cacheDir: string,
  args: readonly string[],
): Promise<KubectlRun> {
  const before = await endedChildrenCpuMs();
  const own = ['--kubeconfig', kubeconfig, '--cache-dir', cacheDir];
  const child = spawn(PROGRAM, [...own, ...args], { stdio: ['ignore', 'pipe', 2] });
  const pid = child.pid ?? 0;
  endsWithUs(pid);
  const pieces: Buffer[] = [];
  child.stdout?.on('data', (piece: Buffer) => pieces.push(piece));
  let peak = 0;
  const looking = setInterval(() => {
    peakMb(pid).then(
      (mb) => {
        peak = Math.max(peak, mb);
      },
      () => undefined,
    );
  }, LOOK_EVERY_MS);
  const [code] = await once(child, 'close');
  clearInterval(looking);
  hasEnded(pid);
  if (code !== 0) throw new Error(`kubectl ended with ${code}`);
  return { cpuMs: (await endedChildrenCpuMs()) - before, peakMb: peak, output: Buffer.concat(pieces) };
}
