/** Whether a number of another system matches the policy's pattern, whole. */
export function fitsPattern(given: string | undefined, pattern: string): boolean {
  return given !== undefined && new RegExp(`^(?:${pattern})$`, 'u').test(given);
}
