import { randomBytes, randomInt } from 'node:crypto';

/** The sandbox's workspace, its app and the app's bot. */
export const TEAM = { id: 'T0SANDBOX1', name: 'Sandbox', domain: 'sandbox' } as const;
export const APP = {
  id: 'A0TRUNKLIN',
  name: 'Trunkline',
  botId: 'B0TRUNKLIN',
  userId: 'U0TRUNKLIN',
  handle: 'trunkline',
} as const;

/** A random text in capitals and digits, as in Slack's ids: `randomId('V', 10)` -> `V0K3…` (11 characters). */
export function randomId(prefix: string, length: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  return prefix + Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** What Slack puts where an app left `block_id` or `action_id` out: five letters or digits. */
export function randomBlockId(): string {
  return randomBytes(8).toString('base64url').replace(/[-_]/g, '0').slice(0, 5);
}

/** A secret of the sample app: `prefix` and letters enough to look like one; made anew at every start. */
export function randomToken(prefix: string): string {
  return `${prefix}-${randomInt(1e9, 1e10)}-${randomInt(1e9, 1e10)}-${randomBytes(18).toString('hex')}`;
}

/** A trigger's id, in the form that Slack documents (`132456.7890123.abcdef`). */
export function randomTriggerId(): string {
  return `${randomInt(1e9, 1e10)}.${randomInt(1e9, 1e10)}.${randomBytes(16).toString('hex')}`;
}

/** Makes message timestamps (seconds with six decimals) that never repeat and never go back. */
export function timestamps(now: () => number): (floor?: string) => string {
  let last = 0;
  return (floor) => {
    last = Math.max(Math.floor(now() * 1000), last + 1, floor === undefined ? 0 : microseconds(floor) + 1);
    return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`;
  };
}

/** A message timestamp in microseconds, to compare two of them. NaN for what is none. */
export function microseconds(ts: string): number {
  const [seconds = '', micro = ''] = ts.split('.');
  return Number(seconds) * 1e6 + Number(micro.padEnd(6, '0').slice(0, 6));
}
