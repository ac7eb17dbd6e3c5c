/** A duration as people say it: `40 s`, `3 min`, `1 h 5 min`, `2 days`; less than a second is `0 s`. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60)
    return joined(minutes < 10 ? [minutes, 'min', seconds % 60, 's'] : [minutes, 'min', 0, 's']);
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? joined([hours, 'h', minutes % 60, 'min']) : `${Math.floor(hours / 24)} days`;
}

function joined([first, unit, second, smaller]: readonly [number, string, number, string]): string {
  return second === 0 ? `${first} ${unit}` : `${first} ${unit} ${second} ${smaller}`;
}
