/** Calls it once for all calls of the next `ms` milliseconds. */
export function coalesced(call: () => void, ms: number): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      call();
    }, ms).unref();
  };
}
