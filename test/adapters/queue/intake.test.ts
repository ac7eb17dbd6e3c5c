import {
  answerQueuePayload,
  lookAtChangePayload,
  lookAtChangesPayload,
  lookAtPullPayload,
} from '../../../jobs/change/payloads.ts';
import { lookAtConventionsPayload, mendTitlePayload } from '../../../jobs/conventions/payloads.ts';
import { createHints, createIntake } from '../../../src/adapters/queue/intake.ts';
import type { Enqueuer } from '../../../src/adapters/queue/queues.ts';
import type { CommitSha, RequestId, SlackUserId } from '../../../src/domain/ids.ts';
import { REPO } from '../../support/sample-platform.ts';

/** A queue that keeps what it is given. */
function keeping() {
  const intents: { name: string; key: string; timeoutMs: number | undefined }[] = [];
  const hints: { name: string; object: string; payload: object; delayMs: number | undefined }[] = [];
  const enqueuer: Enqueuer = {
    enqueueIntent: async (name, key, _payload, options) =>
      void intents.push({ name, key, timeoutMs: options?.timeoutMs }),
    enqueueHint: async (name, object, payload, options) =>
      void hints.push({ name, object, payload, delayMs: options?.delayMs }),
  };
  return { intents, hints, intake: createIntake(enqueuer), jobs: createHints(enqueuer) };
}

const head = 'a'.repeat(40) as CommitSha;
const user = 'U0TESS' as SlackUserId;
const common = { v: 1, repo: REPO, askedAt: 1 } as const;

describe('what the doors leave about changes', () => {
  it('is one job for each deed, keyed by what names the deed, and waits no longer than Slack does', async () => {
    const { intake, intents } = keeping();
    const [actionId, viewId] = ['approve-1234', 'V1'];
    const wish = { kind: 'approve' } as const;
    await intake.changeIntent({ ...common, actionId, by: { slack: user }, change: 12, via: 'slack', wish });
    await intake.promote({ ...common, requestId: 'req-1' as RequestId, askedBy: user, where: [], viewId });
    await intake.freeze({ ...common, actionId, askedBy: user, wish: { kind: 'unfreeze' }, viewId });
    await intake.showChanges({ v: 1, repo: REPO, askedBy: user, viewId, what: { kind: 'all' } });
    await intake.showChanges({ v: 1, repo: REPO, askedBy: user, viewId, what: { kind: 'all' } }, 'show-1');
    const mend = { v: 1, repo: REPO, number: 7, actionId: '72d3162e-cc78-11e3', by: 'pat' } as const;
    await intake.mendTitle(mendTitlePayload.parse(mend));
    expect(intents).toEqual([
      { name: 'change-intent', key: actionId, timeoutMs: 2_000 },
      { name: 'promote', key: 'req-1', timeoutMs: 2_000 },
      { name: 'freeze', key: actionId, timeoutMs: 2_000 },
      { name: 'show-changes', key: viewId, timeoutMs: 2_000 },
      { name: 'show-changes', key: 'show-1', timeoutMs: 2_000 },
      { name: 'mend-title', key: '72d3162e-cc78-11e3', timeoutMs: 2_000 },
    ]);
  });

  it('is one look for each object, with a payload that its job takes', async () => {
    const { intake, hints } = keeping();
    await intake.lookAtPull(REPO, 7);
    await intake.lookAtConventions(REPO, 7);
    await intake.lookAtConventions(REPO, 7, true);
    await intake.lookAtChange(REPO, 7);
    await intake.lookAtChanges(REPO);
    await intake.answerQueue(REPO, head, `gh-readonly-queue/main/pr-7-${head}`);
    expect(hints.map(({ name, object }) => [name, object])).toEqual([
      ['look-at-pull', `${REPO}#7`],
      ['look-at-conventions', `${REPO}#7`],
      ['look-at-conventions', `${REPO}#7`],
      ['look-at-change', `${REPO}~7`],
      ['look-at-changes', REPO],
      ['answer-queue', `${REPO}@${head}`],
    ]);
    const schemas = [
      lookAtPullPayload,
      lookAtConventionsPayload,
      lookAtConventionsPayload,
      lookAtChangePayload,
      lookAtChangesPayload,
      answerQueuePayload,
    ];
    for (const [index, schema] of schemas.entries())
      expect(schema.safeParse(hints[index]?.payload).success).toBe(true);
  });
});

describe('what the jobs leave about changes', () => {
  it('can wait for a time that is known already', async () => {
    const { jobs, hints } = keeping();
    await jobs.lookAtPull(REPO, 7, { delayMs: 500 });
    await jobs.lookAtChange(REPO, 12, { delayMs: 60_000 });
    await jobs.lookAtChange(REPO, 12);
    expect(hints.map(({ object, delayMs }) => [object, delayMs])).toEqual([
      [`${REPO}#7`, 500],
      [`${REPO}~12`, 60_000],
      [`${REPO}~12`, 0],
    ]);
  });
});
