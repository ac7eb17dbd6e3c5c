import { readFile, writeFile } from 'node:fs/promises';

/** The kernel counts in hundredths of a second in /proc, whatever its own clock does (`USER_HZ`, proc(5)). */
const TICK_MS = 10;

/**
 * What a process and all its threads have used of the processors since it started, in milliseconds.
 *
 * @throws when there is no /proc, or the process has ended.
 */
export async function cpuMs(pid: number): Promise<number> {
  const fields = await statFields(pid);
  return (Number(fields[UTIME]) + Number(fields[UTIME + 1])) * TICK_MS;
}

/** What the processes that were started here and have ended used of the processors, in milliseconds. */
export async function endedChildrenCpuMs(): Promise<number> {
  const fields = await statFields(process.pid);
  return (Number(fields[CUTIME]) + Number(fields[CUTIME + 1])) * TICK_MS;
}

/** Places of utime, the 14th field, and cutime, the 16th, behind the program's name; see proc(5). */
const [UTIME, CUTIME] = [11, 13];

async function statFields(pid: number): Promise<readonly string[]> {
  const stat = await readProc(pid, 'stat');
  // The program's name, in brackets, may hold anything.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/**
 * The memory that a process holds in RAM (`VmRSS`), in MB of 1,048,576 bytes.
 *
 * @throws when there is no /proc, or the process has ended.
 */
export function residentMb(pid: number): Promise<number> {
  return memoryMb(pid, /^VmRSS:\s+(\d+) kB$/m);
}

/** The most that a process has held in RAM since it started, or since that was forgotten (`VmHWM`), in MB. */
export function peakMb(pid: number): Promise<number> {
  return memoryMb(pid, /^VmHWM:\s+(\d+) kB$/m);
}

/** Lets the peak begin anew at what the process holds now. */
export async function forgetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5');
}

async function memoryMb(pid: number, line: RegExp): Promise<number> {
  const kb = line.exec(await readProc(pid, 'status'))?.[1];
  if (kb === undefined) throw new Error(`the system does not say how much memory process ${pid} holds`);
  return Number(kb) / 1_024;
}

async function readProc(pid: number, file: string): Promise<string> {
  try {
    return await readFile(`/proc/${pid}/${file}`, 'utf8');
  } catch (cause) {
    throw new Error(`/proc/${pid}/${file} cannot be read; this needs Linux and a process that still runs`, {
      cause,
    });
  }
}
