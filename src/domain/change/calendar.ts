import type { ChangeWindow, Freeze } from '../policy/change-sections.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Clocks are put on and back at multiples of this. */
const BLOCK = 15 * MINUTE;
const SEARCH = 60 * DAY;
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/**
 * Whether changes may merge, by the clock on the wall of each window's zone: an hour that the clock shows twice counts
 * twice, one that it skips not at all. No windows: at any time.
 *
 * @param now milliseconds since the epoch.
 */
export function isOpenAt(windows: readonly ChangeWindow[], now: number): boolean {
  return windows.length === 0 || windows.some((window) => isWithin(window, offsetOf(window.zone, now), now));
}

/** Whether a freeze of the policy holds, by the dates of its zone. */
export function isFrozenAt({ from, to, zone }: Freeze, now: number): boolean {
  const date = dateAt(zone, now);
  return from <= date && date <= to;
}

/** When a freeze of the policy is over, in milliseconds since the epoch: the first moment of the day after its last. */
export function endOfFreeze({ to, zone }: Freeze): number {
  const around = Date.parse(`${to}T00:00:00Z`) + DAY;
  for (let at = around - 15 * 60 * MINUTE; at < around + DAY; at += BLOCK) {
    if (dateAt(zone, at) > to) return at;
  }
  return around + DAY;
}

/**
 * The next minute at which a window is open and nothing is frozen, looked for up to 60 days ahead.
 *
 * @param frozen freezes of the policy, and until when (milliseconds) a freeze by hand holds.
 * @param now milliseconds since the epoch.
 * @returns ISO 8601; undefined when there is none, or when it is open now.
 */
export function nextOpening(
  windows: readonly ChangeWindow[],
  frozen: { readonly freezes: readonly Freeze[]; readonly until?: number | undefined },
  now: number,
): string | undefined {
  const isOpen = (at: number) =>
    (frozen.until === undefined || at >= frozen.until) &&
    isOpenAt(windows, at) &&
    !frozen.freezes.some((freeze) => isFrozenAt(freeze, at));
  if (isOpen(now)) return undefined;
  const first = Math.max(now, frozen.until ?? now);
  for (let block = first - (first % BLOCK); block < now + SEARCH; block += BLOCK) {
    const at = firstInBlock(windows, block, first);
    if (at !== undefined && isOpen(at)) return new Date(at).toISOString();
  }
  return undefined;
}

/** Within a block the zones' offsets stand, so that they are worked out once and not for each minute. */
function firstInBlock(windows: readonly ChangeWindow[], block: number, first: number): number | undefined {
  const zoned = windows.map((window) => ({ window, offset: offsetOf(window.zone, block) }));
  for (let minute = block; minute < block + BLOCK; minute += MINUTE) {
    const at = Math.max(minute, first);
    if (at >= minute + MINUTE) continue;
    if (zoned.length === 0 || zoned.some(({ window, offset }) => isWithin(window, offset, at))) return at;
  }
  return undefined;
}

function isWithin({ days, from, to }: ChangeWindow, offset: number, at: number): boolean {
  const wall = new Date(at + offset);
  const minute = wall.getUTCHours() * 60 + wall.getUTCMinutes();
  const on = (day: number) => days.some((name) => name === weekdays[(day + 7) % 7]);
  const [opens, closes, today] = [minutesOf(from), minutesOf(to), wall.getUTCDay()];
  if (opens < closes) return on(today) && opens <= minute && minute < closes;
  return (on(today) && minute >= opens) || (on(today - 1) && minute < closes);
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function dateAt(zone: string, at: number): string {
  return new Date(at + offsetOf(zone, at)).toISOString().slice(0, 10);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Milliseconds that the clock of a zone is ahead of UTC. */
function offsetOf(zone: string, at: number): number {
  const format = formats.get(zone) ?? clockOf(zone);
  formats.set(zone, format);
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? Number.NaN;
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  return wall - (at - (((at % MINUTE) + MINUTE) % MINUTE));
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
}
