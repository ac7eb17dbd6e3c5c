import { readFile } from 'node:fs/promises';

/** The kernel counts in hundredths of a second in /proc, whatever its own clock does (`USER_HZ`, proc(5)). */
const TICK_MS = 10;

/**
 * What a process and all its threads have used of the processors since it started, in milliseconds.
 *
 * @throws when there is no /proc, or the process has ended.
 */
export async function cpuMs(pid: number): Promise<number> {
  const stat = await readProc(pid, 'stat');
  // The program's name, in brackets, may hold anything; utime and stime are the 14th and 15th field, see proc(5).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/**
 * The memory that a process holds in RAM (`VmRSS`), in MB of 1,048,576 bytes.
 *
 * @throws when there is no /proc, or the process has ended.
 */
export async function residentMb(pid: number): Promise<number> {
  const status = await readProc(pid, 'status');
  const kb = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
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
