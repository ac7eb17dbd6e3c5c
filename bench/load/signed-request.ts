import { createHmac } from 'node:crypto';

export interface SignedSubmission {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | number>>;
}

/** An interaction as Slack sends it, signed as https://docs.slack.dev/authentication/verifying-requests-from-slack says. */
export function signedRequest(payload: object, secret: string, nowMs: number): SignedSubmission {
  const text = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const body = Buffer.from(text);
  const timestamp = String(Math.floor(nowMs / 1_000));
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${text}`).digest('hex');
  return {
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': body.length,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${digest}`,
    },
  };
}
