import { createHmac, timingSafeEqual } from 'node:crypto';

const WINDOW_S = 5 * 60;

export interface SignedRequest {
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
  readonly body: Buffer;
}

/**
 * Whether Slack signed this request within the last 5 minutes with any of the secrets, by
 * https://docs.slack.dev/authentication/verifying-requests-from-slack.
 *
 * @param nowMs milliseconds since the epoch.
 */
export function isSignedBySlack(request: SignedRequest, secrets: readonly string[], nowMs: number): boolean {
  const { timestamp, signature, body } = request;
  if (timestamp === undefined || signature === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(nowMs / 1_000 - Number(timestamp)) > WINDOW_S) return false;
  const given = Buffer.from(signature);
  // Every secret is tried, so that the time taken does not tell which one fits.
  return secrets.map((secret) => matches(secret, timestamp, body, given)).includes(true);
}

function matches(secret: string, timestamp: string, body: Buffer, given: Buffer): boolean {
  const hash = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex');
  const wanted = Buffer.from(`v0=${hash}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
