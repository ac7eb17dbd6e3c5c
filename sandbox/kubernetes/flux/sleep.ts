/** Waits so many milliseconds, not at all for 0; does not keep the process from ending. */
export function sleep(ms: number): Promise<void> {
  return ms > 0 ? new Promise((resolve) => void setTimeout(resolve, ms).unref()) : Promise.resolve();
}
