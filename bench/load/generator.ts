import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { arrivals } from './arrivals.ts';
import { type SignedSubmission, signedRequest } from './signed-request.ts';
import { type Slice, type SliceResult, slice } from './slice.ts';

// A process of its own: sends the load that its parent asks for, and tells how long the answers took.

/** Slack waits no longer than this. */
const GIVEN_UP_MS = 3_000;

process.on('message', (message) => {
  void run(slice.parse(message)).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit());

/**
 * Sends at the times of `arrivals`, whether or not earlier requests were answered, and counts from the moment a request
 * was due: neither a slow answer nor a late generator can hide what those who come after have to wait.
 */
async function run({ url, signingSecret, payload, perSecond, seconds, seed }: Slice): Promise<SliceResult> {
  const times = arrivals(perSecond, perSecond * seconds, seed);
  // Signing costs as much as being answered, so it is done before.
  const requests = times.map(() => signedRequest(withOwnRoot(payload), signingSecret, Date.now()));
  const result = {
    latencies: [] as number[],
    lateness: [] as number[],
    problems: [] as string[],
    lastAnswer: '',
  };
  // In turn, so that no connection rests until the other side closes it while a request is on its way.
  const agent = new Agent({ keepAlive: true, scheduling: 'fifo' });
  const startsAt = performance.now() + 50;
  const answers = [];
  for (const [n, submission] of requests.entries()) {
    const due = startsAt + (times[n] ?? 0);
    const early = due - performance.now();
    if (early > 0) await sleep(early);
    result.lateness.push(Math.max(0, performance.now() - due));
    answers.push(
      send(agent, url, submission).then(
        (body) => {
          result.latencies.push(performance.now() - due);
          result.lastAnswer = body;
        },
        (error: Error) => result.problems.push(error.message),
      ),
    );
  }
  await Promise.all(answers);
  agent.destroy();
  return result;
}

function withOwnRoot(payload: Slice['payload']): object {
  const id = `V${randomUUID()}`;
  return { ...payload, view: { ...Object(payload['view']), root_view_id: id } };
}

function send(agent: Agent, url: string, { body, headers }: SignedSubmission): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers, timeout: GIVEN_UP_MS }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`answered ${response.statusCode}: ${text}`));
      });
      response.on('error', reject);
    });
    sent.on('timeout', () => sent.destroy(new Error(`not answered within ${GIVEN_UP_MS} ms`)));
    sent.on('error', reject);
    sent.end(body);
  });
}
