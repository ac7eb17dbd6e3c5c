const pids = new Set<number>();

/** Makes sure that this process does not outlive the run, however the run ends. */
export function endsWithUs(pid: number): void {
  pids.add(pid);
}

/** To be called once it has ended: its number may soon be another process'. */
export function hasEnded(pid: number): void {
  pids.delete(pid);
}

/** Ends everything that was started here when this process is told to end. */
export function endTogether(): void {
  process.on('exit', () => {
    for (const pid of pids) end(pid);
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(130));
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
